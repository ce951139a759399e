using System.Text;
using CitiesOfLearning.Hub.Identifiers;
using CsvHelper;

namespace CitiesOfLearning.Hub.Learners;

/// <summary>One record of a table in text: where it begins, and its values.</summary>
internal sealed record CsvLine(int Number, IReadOnlyList<string> Values)
{
    public bool IsBlank => Values.All(v => v.Length == 0);
}

/// <summary>
/// Text as spreadsheets save it: RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180#section-2) with any of their separators, in any of their
/// encodings. Values come without what is unseen around them.
/// </summary>
internal static class CsvText
{
    private static readonly CsvReaderOptions Lenient = CsvReaderOptions.Default with
    {
        HasHeader = false,
        TrimWhitespace = true,
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Recover, // a quote within a value is part of it
        FieldCountMismatch = CsvFieldCountHandling.Allow,
    };

    private static readonly Encoding Utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);

    /// <summary>UTF-8 or UTF-16 with their marks; without one UTF-8, or else UTF-16 if it looks so, or else Windows-1252.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        var encoding = bytes switch
        {
            [0xFF, 0xFE, ..] => Encoding.Unicode,
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
            [_, 0, ..] => Encoding.Unicode, // a header's first letter, in two bytes
            [0, _, ..] => Encoding.BigEndianUnicode,
            _ => Utf8,
        };
        try
        {
            return encoding.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(bytes);
        }
    }

    /// <summary>The records that are not blank; a quote that is never closed takes the rest into its value.</summary>
    public static IEnumerable<CsvLine> Split(string text, char separator)
    {
        using var csv = CsvReader.FromText(text, Lenient with { Separator = separator });
        while (csv.Read())
        {
            yield return new(
                (int)csv.LineNumber, [.. Enumerable.Range(0, csv.FieldCount).Select(i => PastedText.Trim(csv.GetString(i)))]);
        }
    }
}
