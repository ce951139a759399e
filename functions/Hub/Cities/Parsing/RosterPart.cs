using System.Text.Unicode;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Texts;
using CsvHelper;

namespace CitiesOfLearning.Hub.Cities.Parsing;

/// <summary><c>rosters/{source}.csv</c>: who a sender's accounts are. Its errors name lines and columns, never what is in them.</summary>
internal static class RosterPart
{
    private const int MaxBytes = 10 * 1024 * 1024;
    private static readonly string[] Columns = ["account", "address", "name", "language"];

    private static readonly CsvReaderOptions Strict = CsvReaderOptions.Default with
    {
        Separator = ',',
        TrimWhitespace = true,
        TrimInsideQuotes = true,
        NullValues = [""],
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Throw,
        IncludeValuesInExceptions = false,
    };

    public static IReadOnlyDictionary<string, RosterEntry> Read(string source, Reading reading)
    {
        // Accounts of most systems ignore case, and people type them.
        var roster = new Dictionary<string, RosterEntry>(StringComparer.OrdinalIgnoreCase);
        var file = $"rosters/{source}.csv";
        if (!reading.Files.ByPath.TryGetValue(file, out var bytes))
        {
            return roster;
        }

        if (bytes.Length > MaxBytes)
        {
            reading.Report(file, "", "is larger than 10 MiB");
            return roster;
        }

        if (!Utf8.IsValid(bytes))
        {
            reading.Report(file, "", "is not UTF-8; save it as \"CSV UTF-8\"");
            return roster;
        }

        try
        {
            using var csv = CsvReader.Create(bytes, Strict);
            csv.ReadHeader();
            if (!Columns.SequenceEqual(csv.Headers))
            {
                reading.Report(file, "line 1", "the first line must be exactly: account,address,name,language");
                return roster;
            }

            while (csv.Read())
            {
                Row(csv, roster, reading, file);
            }
        }
        catch (CsvFormatException e)
        {
            reading.Report(
                file,
                $"line {e.LineNumber}",
                "cannot be read: it must have four columns, with quotes around a value that has a comma in it");
        }

        return roster;
    }

    private static void Row(CsvReader csv, Dictionary<string, RosterEntry> roster, Reading reading, string file)
    {
        var entry = new RosterEntry(csv.GetString(0), csv.GetStringOrNull(1), csv.GetStringOrNull(2), csv.GetStringOrNull(3));
        var problem =
            entry.Account.Length == 0 ? "the account is empty"
            : new[] { entry.Account, entry.Address, entry.Name }.Any(field => field?.Length > 254 || field?.Any(char.IsControl) == true)
                ? "a value is longer than 254 characters or has a control character"
            : entry.Address is not null && EmailAddress.Normalize(entry.Address) is null
                ? "the address is not an email address; leave it empty if there is none"
            : entry is { Address: null, Name: null } ? "give an address, or a name for the printed slip"
            : entry.Language is not null && reading.Languages.Count > 0 && LanguageTag.Lookup(entry.Language, reading.Languages) is null
                ? $"the language must be empty or one of: {string.Join(", ", reading.Languages)}"
            : !roster.TryAdd(entry.Account, entry) ? "the account is on an earlier line too; keep one"
            : null;
        if (problem is not null)
        {
            reading.Report(file, $"line {csv.LineNumber}", problem);
        }
    }
}
