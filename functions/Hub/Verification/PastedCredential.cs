using System.Text;
using System.Text.Json;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>A credential as people paste it: in another encoding, in quotation marks, broken into lines by a mail program.</summary>
internal static class PastedCredential
{
    /// <summary>The text as UTF-8, without what is around it.</summary>
    public static ReadOnlyMemory<byte> Unwrap(ReadOnlyMemory<byte> given)
    {
        var text = Trimmed(given.Span switch
        {
            [0xEF, 0xBB, 0xBF, ..] => given[3..],
            [0xFF, 0xFE, ..] => Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(given.Span[2..])),
            [0xFE, 0xFF, ..] => Encoding.UTF8.GetBytes(Encoding.BigEndianUnicode.GetString(given.Span[2..])),
            _ => given,
        });
        return text.Span is [(byte)'"', .., (byte)'"'] ? Trimmed(Quoted(text) ?? text[1..^1]) : text;
    }

    /// <summary>A token has no blanks, and no marks of quotation.</summary>
    public static byte[] InOneLine(ReadOnlySpan<byte> text)
    {
        if (!text.ContainsAny(" \t\r\n>"u8))
        {
            return text.ToArray();
        }

        var line = new byte[text.Length];
        var length = 0;
        foreach (var character in text)
        {
            if (!" \t\r\n>"u8.Contains(character))
            {
                line[length++] = character;
            }
        }

        return line[..length];
    }

    private static ReadOnlyMemory<byte> Trimmed(ReadOnlyMemory<byte> text) => text.Trim(" \t\r\n"u8);

    // As a program writes it.
    private static ReadOnlyMemory<byte>? Quoted(ReadOnlyMemory<byte> text)
    {
        try
        {
            return JsonSerializer.Deserialize<string>(text.Span) is { } said ? Encoding.UTF8.GetBytes(said) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
