using System.Text;

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

    /// <summary>The records; a quote that is never closed takes the rest into its value.</summary>
    public static IEnumerable<CsvLine> Split(string text, char separator)
    {
        var values = new List<string>();
        var value = new StringBuilder();
        var (line, first, quoted) = (1, 1, false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var isBreak = c == '\n' || (c == '\r' && !(i + 1 < text.Length && text[i + 1] == '\n'));
            line += isBreak ? 1 : 0;
            if (quoted)
            {
                if (c == '"' && i + 1 < text.Length && text[i + 1] == '"')
                {
                    value.Append(text[i++]);
                }
                else if (c == '"')
                {
                    quoted = false;
                }
                else
                {
                    value.Append(c);
                }
            }
            else if (c == '"' && IsBlank(value))
            {
                quoted = true;
            }
            else if (c == separator)
            {
                End();
            }
            else if (isBreak)
            {
                End();
                yield return new(first, [.. values]);
                values.Clear();
                first = line;
            }
            else if (c != '\r')
            {
                value.Append(c);
            }
        }

        End();
        yield return new(first, values);

        void End()
        {
            values.Add(Identifiers.PastedText.Trim(value.ToString()));
            value.Clear();
        }
    }

    private static bool IsBlank(StringBuilder value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (!char.IsWhiteSpace(value[i]))
            {
                return false;
            }
        }

        return true;
    }
}
