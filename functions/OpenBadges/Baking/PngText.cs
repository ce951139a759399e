using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text.Unicode;
using CitiesOfLearning.OpenBadges.Images;

namespace CitiesOfLearning.OpenBadges.Baking;

/// <summary>The three text chunks of PNG, as far as badges use them: https://www.w3.org/TR/png-3/#11textinfo</summary>
internal static class PngText
{
    /// <summary>Open Badges 3.0, Baked Badge: https://www.imsglobal.org/spec/ob/v3p0/#png-extracting</summary>
    public static ReadOnlySpan<byte> Keyword3 => "openbadgecredential\0"u8;

    /// <summary>Open Badges Baking 2.0: https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/baking/index.html</summary>
    public static ReadOnlySpan<byte> Keyword2 => "openbadges\0"u8;

    /// <summary>Whether a text chunk's data is a credential's, by its keyword alone.</summary>
    public static bool IsCredential(ReadOnlySpan<byte> data) => data.StartsWith(Keyword3) || data.StartsWith(Keyword2);

    public static BakedForm Form(uint type, ReadOnlySpan<byte> data) => type switch
    {
        _ when data.StartsWith(Keyword3) => BakedForm.OpenBadges3,
        PngChunks.InternationalText => BakedForm.OpenBadges2,
        _ => BakedForm.Legacy,
    };

    /// <summary>The text of a credential's chunk: a slice of the file, or the inflated copy of a compressed one.</summary>
    /// <param name="chunk">The whole chunk, length and CRC included.</param>
    /// <param name="text">UTF-8, not empty, when no problem is returned.</param>
    public static ImageProblem? Read(uint type, ReadOnlyMemory<byte> chunk, out ReadOnlyMemory<byte> text)
    {
        text = default;
        if (Crc32.HashToUInt32(chunk.Span[4..^4]) != BinaryPrimitives.ReadUInt32BigEndian(chunk.Span[^4..]))
        {
            return Unreadable("has been changed or damaged since it was written");
        }

        var data = chunk[8..^4];
        data = data[(data.Span.IndexOf((byte)0) + 1)..];
        var compressed = type == PngChunks.CompressedText;
        if (type == PngChunks.InternationalText && !TrySkipInternationalHeader(ref data, out compressed))
        {
            return Unreadable("is cut short");
        }

        if (type == PngChunks.CompressedText && !TrySkipMethod(ref data))
        {
            return Unreadable("is compressed in an unknown way");
        }

        if (compressed)
        {
            data = BoundedInflate.ZLib(data, ImageLimits.TextBytes, out var tooLarge);
            if (tooLarge)
            {
                return new(
                    ImageProblems.TextTooLarge,
                    $"The credential in the picture unpacks to more than {ImageLimits.TextBytes / 1024 / 1024} MiB.");
            }
        }

        // What could not be inflated is empty, too.
        text = data;
        return text.IsEmpty || !Utf8.IsValid(text.Span) ? Unreadable("is empty or not text") : null;
    }

    // §11.3.3.4: compression flag, compression method, language tag, NUL, translated keyword, NUL, text.
    private static bool TrySkipInternationalHeader(ref ReadOnlyMemory<byte> data, out bool compressed)
    {
        var span = data.Span;
        compressed = span is [1, ..];
        if (span is not [0 or 1, 0, ..])
        {
            return false;
        }

        var language = span[2..].IndexOf((byte)0);
        var translated = language < 0 ? -1 : span[(2 + language + 1)..].IndexOf((byte)0);
        if (translated < 0)
        {
            return false;
        }

        data = data[(2 + language + 1 + translated + 1)..];
        return true;
    }

    private static bool TrySkipMethod(ref ReadOnlyMemory<byte> data)
    {
        if (data.Span is not [0, ..])
        {
            return false;
        }

        data = data[1..];
        return true;
    }

    private static ImageProblem Unreadable(string how) =>
        new(ImageProblems.CredentialUnreadable, $"The credential in the picture {how}.");
}
