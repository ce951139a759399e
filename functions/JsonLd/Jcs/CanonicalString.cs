using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace CitiesOfLearning.JsonLd.Jcs;

/// <summary>Strings as ECMAScript's JSON.stringify writes them (https://www.rfc-editor.org/rfc/rfc8785#section-3.2.2.2).</summary>
internal static class CanonicalString
{
    private static readonly SearchValues<char> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (char)c), '"', '\\']);

    /// <summary>A JSON text without a backslash is written as it stands: what must be escaped could not stand there.</summary>
    public static void Append(Utf8Buffer utf8, JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        if (raw.Contains((byte)'\\'))
        {
            Append(utf8, Text(value, static v => v.GetString()));
        }
        else
        {
            utf8.Append(raw);
        }
    }

    public static void Append(Utf8Buffer utf8, ReadOnlySpan<char> text)
    {
        utf8.Append((byte)'"');
        for (var at = text.IndexOfAny(Escaped); at >= 0; at = text.IndexOfAny(Escaped))
        {
            utf8.TryAppend(text[..at]);
            switch (text[at])
            {
                case '\b': utf8.Append("\\b"u8); break;
                case '\t': utf8.Append("\\t"u8); break;
                case '\n': utf8.Append("\\n"u8); break;
                case '\f': utf8.Append("\\f"u8); break;
                case '\r': utf8.Append("\\r"u8); break;
                case '"': utf8.Append("\\\""u8); break;
                case '\\': utf8.Append("\\\\"u8); break;
                case var control:
                    utf8.Append("\\u00"u8);
                    utf8.AppendHex([(byte)control]);
                    break;
            }

            text = text[(at + 1)..];
        }

        utf8.TryAppend(text);
        utf8.Append((byte)'"');
    }

    /// <summary>The name in UTF-8 if the document writes it with escapes, else null.</summary>
    public static byte[]? Unescape(JsonProperty property) =>
        JsonMarshal.GetRawUtf8PropertyName(property).Contains((byte)'\\')
            ? Encoding.UTF8.GetBytes(Text(property, static p => p.Name))
            : null;

    /// <summary>
    /// The order of UTF-16 code units, of texts in UTF-8. It differs from the order of bytes in one thing: characters beyond the Basic
    /// Multilingual Plane (first byte F0 to F4) are surrogates in UTF-16 and so come before U+E000 to U+FFFF (first byte EE and EF).
    /// </summary>
    public static int CompareUtf16(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var same = left.CommonPrefixLength(right);
        if (same == left.Length || same == right.Length)
        {
            return left.Length - right.Length;
        }

        return Rank(left[same]) - Rank(right[same]);

        static int Rank(byte value) => value is 0xEE or 0xEF ? value + 0x10 : value;
    }

    private static string Text<T>(T source, Func<T, string?> read)
    {
        try
        {
            return read(source)!;
        }
        catch (InvalidOperationException)
        {
            throw new JsonException("A string holds half of a surrogate pair.");
        }
    }
}
