using System.Buffers.Binary;
using System.IO.Hashing;
using CitiesOfLearning.OpenBadges.Images;

namespace CitiesOfLearning.OpenBadges.Baking;

/// <summary>
/// Bakes a credential into a PNG: one uncompressed iTXt chunk, right after IHDR. Open Badges 3.0, Baked Badge:
/// https://www.imsglobal.org/spec/ob/v3p0/#png-baking
/// </summary>
internal static class PngBaker
{
    /// <param name="png">Art that was checked. A credential in it, of any version, is replaced.</param>
    /// <param name="credentialUtf8">A JWS or JSON.</param>
    /// <exception cref="ArgumentException">
    /// The art is no PNG, or has bytes after its end; or the credential is empty or too long.
    /// </exception>
    public static byte[] Bake(ReadOnlySpan<byte> png, ReadOnlySpan<byte> credentialUtf8)
    {
        if (credentialUtf8.IsEmpty || credentialUtf8.Length > ImageLimits.TextBytes - Prefix.Length)
        {
            throw new ArgumentException("A credential must have bytes, and fit in a text chunk.", nameof(credentialUtf8));
        }

        var replaced = Plan(png, out var headerEnd, out var replacedBytes);
        var dataLength = Prefix.Length + credentialUtf8.Length;
        var baked = GC.AllocateUninitializedArray<byte>(png.Length - replacedBytes + PngChunks.Overhead + dataLength);

        png[..headerEnd].CopyTo(baked);
        var chunk = baked.AsSpan(headerEnd, PngChunks.Overhead + dataLength);
        BinaryPrimitives.WriteInt32BigEndian(chunk, dataLength);
        BinaryPrimitives.WriteUInt32BigEndian(chunk[4..], PngChunks.InternationalText);
        Prefix.CopyTo(chunk[8..]);
        credentialUtf8.CopyTo(chunk[(8 + Prefix.Length)..]);
        BinaryPrimitives.WriteUInt32BigEndian(chunk[^4..], Crc32.HashToUInt32(chunk[4..^4]));

        var target = baked.AsSpan(headerEnd + chunk.Length);
        var copied = headerEnd;
        foreach (var (start, end) in replaced)
        {
            png[copied..start].CopyTo(target);
            target = target[(start - copied)..];
            copied = end;
        }

        png[copied..].CopyTo(target);
        return baked;
    }

    // Keyword, NUL, not compressed, compression method, no language, NUL, no translated keyword, NUL.
    private static ReadOnlySpan<byte> Prefix => "openbadgecredential\0\0\0\0\0"u8;

    private static List<(int Start, int End)> Plan(ReadOnlySpan<byte> png, out int headerEnd, out int replacedBytes)
    {
        var chunks = new PngChunks(png);
        List<(int Start, int End)> replaced = [];
        headerEnd = replacedBytes = 0;
        while (chunks.MoveNext())
        {
            if (chunks.Type == PngChunks.Ihdr)
            {
                headerEnd = chunks.End;
            }
            else if (chunks.IsText && PngText.IsCredential(png[chunks.Data]))
            {
                replaced.Add((chunks.Start, chunks.End));
                replacedBytes += chunks.End - chunks.Start;
            }
        }

        return chunks.Problem is { } problem ? throw new ArgumentException(problem.Reason, nameof(png))
            : chunks.End != png.Length ? throw new ArgumentException("The PNG goes on after its end.", nameof(png))
            : replaced;
    }
}
