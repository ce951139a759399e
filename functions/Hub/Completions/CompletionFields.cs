using System.Globalization;
using System.Text.Json;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Senders;
using CitiesOfLearning.Hub.Texts;

namespace CitiesOfLearning.Hub.Completions;

/// <summary>
/// Takes fields out of an event. Of those that it cannot do without, the first thing that is wrong is remembered; of the others, which
/// could not be used.
/// </summary>
internal sealed class CompletionFields(JmesDocument document)
{
    private const int MaxCharacters = 500, MaxNamed = 4;
    private static readonly string MaxText = MaxCharacters.ToString(CultureInfo.InvariantCulture);
    private const long FirstSecondOfYear10000 = 253_402_300_800;

    // In seconds this lies beyond the year 5000, in milliseconds it was in 1973: a clock that counts those.
    private const long SurelyMilliseconds = 100_000_000_000;

    // Nothing was completed before there were webhooks.
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<string> _leftOut = [];

    /// <summary>What is wrong, for a steward and without personal data, or null.</summary>
    public TextKey? Reason { get; private set; }

    /// <summary>The fields that could not be used, by name; null if there is none.</summary>
    public string? LeftOut => _leftOut.Count == 0
        ? null
        : string.Join(", ", _leftOut.Take(MaxNamed)) + (_leftOut.Count > MaxNamed ? ", …" : "");

    public void Check(bool fine, TextKey reason)
    {
        if (!fine)
        {
            Reason ??= reason;
        }
    }

    /// <param name="what">The field, as <see cref="CompletionJson"/> names it.</param>
    public string Required(JmesQuery query, string what)
    {
        var text = Identifying(query, what);
        Check(text is not null, new TextKey("Reason.missing", Named(what, query)));
        return text ?? "";
    }

    /// <summary>What tells a learner or an activity from another: if it is given, it must be usable.</summary>
    public string? Identifying(JmesQuery? query, string what)
    {
        var (text, problem) = Text(query, what);
        Check(problem is null, problem!);
        return text;
    }

    /// <summary>What a completion counts without: left out if it cannot be used.</summary>
    public string? Optional(JmesQuery? query, string what)
    {
        var (text, problem) = Text(query, what);
        if (problem is not null)
        {
            _leftOut.Add(what);
        }

        return text;
    }

    /// <summary>
    /// As it was sent: whether mail can reach it is asked later, with what else is known of the learner. Where an account says who it is,
    /// it is left out if mail cannot.
    /// </summary>
    public string? Address(JmesQuery? query, string? account)
    {
        var found = query?.Find(document) ?? default;
        var text = found.ValueKind switch
        {
            JsonValueKind.String => PastedText.Trim(found.GetString()!),
            JsonValueKind.Undefined => "",
            _ => found.GetRawText(),
        };
        if (text.Length == 0)
        {
            return null;
        }

        if (account is not null && EmailAddress.Normalize(text) is null)
        {
            _leftOut.Add("learner.address");
        }

        return text;
    }

    public DateTimeOffset Time(ProfileTime time, DateTimeOffset receivedAt)
    {
        var found = time.Value.Find(document);
        var at = time.Format switch
        {
            ProfileTimeFormat.UnixSeconds => FromUnix(found),
            ProfileTimeFormat.Rfc3339 => FromText(found),
            _ => throw new InvalidOperationException($"No such time format: {time.Format}."),
        };
        Check(found.ValueKind != JsonValueKind.Undefined, new TextKey("Reason.missing", Named("occurredAt", time.Value)));
        Check(at is not null, new TextKey("Reason.time"));
        Check(
            time.Format != ProfileTimeFormat.UnixSeconds || at?.ToUnixTimeSeconds() is null or < SurelyMilliseconds,
            new TextKey("Reason.timeInMilliseconds"));
        Check(at is null || at >= Earliest, new TextKey("Reason.timeTooOld"));
        Check(at is null || at <= receivedAt.AddDays(1), new TextKey("Reason.timeAhead"));
        return at ?? default;
    }

    public IReadOnlyList<Evidence> Evidence(JmesQuery? query) =>
        query is null ? [] : EvidenceList.Read(query.Find(document), _leftOut);

    public double? Score(JmesQuery? query)
    {
        var found = query?.Find(document) ?? default;
        if (found.ValueKind == JsonValueKind.Undefined)
        {
            return null;
        }

        if (found.ValueKind == JsonValueKind.Number && found.GetDouble() is >= 0 and <= 1 and var score)
        {
            return score;
        }

        _leftOut.Add("score");
        return null;
    }

    // Text or a number, one line, as it is: a name that begins with = is a name.
    private (string? Text, TextKey? Problem) Text(JmesQuery? query, string what)
    {
        var found = query?.Find(document) ?? default;
        var text = found.ValueKind switch
        {
            JsonValueKind.String => PastedText.Trim(found.GetString()!),
            JsonValueKind.Number => found.GetRawText(),
            JsonValueKind.Undefined => "",
            _ => null,
        };
        var problem =
            text is null ? new TextKey("Reason.notText", Named(what, query))
            : text.Length > MaxCharacters ? new TextKey("Reason.tooLong", Named(what, query), MaxText)
            : text.Any(char.IsControl) ? new TextKey("Reason.control", Named(what, query))
            : null;
        return (problem is null && text!.Length > 0 ? text : null, problem);
    }

    // As the completion has it and, where that is another name, as the delivery has it.
    private static string Named(string what, JmesQuery? query) =>
        query is null || query.Text.EndsWith(what, StringComparison.Ordinal) ? what : $"{what} ({query.Text})";

    // Some Moodles write numbers as text.
    private static DateTimeOffset? FromUnix(JsonElement found)
    {
        var text = found.ValueKind == JsonValueKind.String
            ? found.GetString()
            : found.ValueKind == JsonValueKind.Number ? found.GetRawText() : null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds > 0
            ? DateTimeOffset.FromUnixTimeSeconds(Math.Min(seconds, FirstSecondOfYear10000 - 1))
            : null;
    }

    private static DateTimeOffset? FromText(JsonElement found) =>
        found.ValueKind == JsonValueKind.String ? Rfc3339.Parse(PastedText.Trim(found.GetString()!)) : null;
}
