using System.Globalization;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Texts;

namespace CitiesOfLearning.Hub.Learners;

/// <summary>Why a line of a roster was not taken. Never quotes it: those are people.</summary>
/// <param name="Number">Of its first line in the file; 0 for the file as a whole.</param>
public sealed record RefusedLine(int Number, TextKey Reason)
{
    public string In(UserTexts texts) => Number == 0
        ? Reason.In(texts)
        : texts["Roster.line", Number.ToString(CultureInfo.InvariantCulture), Reason.In(texts)];
}

/// <summary>One person in a source's roster: the sender's account, and who that is.</summary>
internal sealed record RosterLine(int Number, ReportedLearner Learner);

/// <summary>Who a sender's accounts are: a table with the columns account, address, name and language, as a spreadsheet saves it.</summary>
/// <param name="Lines">Those that can be taken.</param>
/// <param name="Refused">The others; blank ones are in neither.</param>
internal sealed record RosterFile(IReadOnlyList<RosterLine> Lines, IReadOnlyList<RefusedLine> Refused)
{
    public const int MaxBytes = 4 * 1024 * 1024;
    private const int MaxLines = 20_000, MaxCharacters = 500;

    private static readonly string[] Columns = ["account", "address", "name", "language"];

    public static RosterFile Read(ReadOnlySpan<byte> bytes, City city)
    {
        if (bytes.Length > MaxBytes)
        {
            return Nothing(0, new("Roster.tooLarge"));
        }

        var text = CsvText.Decode(bytes);
        if (!text.Any(c => !char.IsWhiteSpace(c)))
        {
            return Nothing(0, new("Roster.empty"));
        }

        foreach (var separator in (char[])[',', ';', '\t'])
        {
            // A spreadsheet may say which separator it takes: sep=;
            var lines = CsvText.Split(text, separator)
                .Where(l => !l.IsBlank)
                .SkipWhile(l => l.Values[0].StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
                .Take(MaxLines + 2);
            if (IsHeader(lines.FirstOrDefault()))
            {
                return Read([.. lines.Skip(1)], city);
            }
        }

        return Nothing(1, new("Roster.header"));
    }

    private static RosterFile Read(IReadOnlyList<CsvLine> lines, City city)
    {
        if (lines.Count > MaxLines)
        {
            return Nothing(0, new("Roster.tooMany", MaxLines.ToString(CultureInfo.InvariantCulture)));
        }

        var (taken, refused, numbers) = (new List<RosterLine>(), new List<RefusedLine>(), new Dictionary<string, int>());
        foreach (var line in lines)
        {
            var learner = new ReportedLearner(Value(line, 0)!, Value(line, 1), Value(line, 2), Value(line, 3));
            var problem = Problem(line, learner, city)
                ?? (numbers.TryAdd(SaidLearner.Spelling(learner.Account!), line.Number)
                    ? null
                    : new("Roster.twice", Number(numbers[SaidLearner.Spelling(learner.Account!)])));
            if (problem is null)
            {
                taken.Add(new(line.Number, learner));
            }
            else
            {
                refused.Add(new(line.Number, problem));
            }
        }

        return new(taken, refused);
    }

    private static TextKey? Problem(CsvLine line, ReportedLearner learner, City city) =>
        line.Values.Any(v => v.AsSpan().IndexOfAny('\r', '\n') >= 0) ? new("Roster.openQuote")
        : line.Values.Skip(Columns.Length).Any(v => v.Length > 0) ? new("Roster.columns")
        : learner.Account is null ? new("Roster.noAccount")
        : line.Values.Any(v => v.Length > MaxCharacters) ? new("Roster.tooLong", Number(MaxCharacters))
        : line.Values.Any(v => v.Any(c => char.IsControl(c) || c == '\uFFFD')) ? new("Roster.control")
        : learner.Address is not null && EmailAddress.Normalize(learner.Address) is null ? new("Roster.address")
        : learner is { Address: null, Name: null } ? new("Roster.nobody")
        : learner.Language is not null && LanguageTag.Lookup(learner.Language, city.Languages) is null
            ? new("Roster.language", string.Join(", ", city.Languages))
        : null;

    private static RosterFile Nothing(int line, TextKey reason) => new([], [new(line, reason)]);

    private static bool IsHeader(CsvLine? line) =>
        line?.Values.Reverse().SkipWhile(v => v.Length == 0).Reverse().SequenceEqual(Columns, StringComparer.OrdinalIgnoreCase) == true;

    // A spreadsheet leaves out what is empty at the end.
    private static string? Value(CsvLine line, int column) =>
        line.Values.ElementAtOrDefault(column) is { Length: > 0 } value ? value : null;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
