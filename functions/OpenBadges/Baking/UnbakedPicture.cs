using System.Security.Cryptography;
using System.Text;
using CitiesOfLearning.OpenBadges.Images;

namespace CitiesOfLearning.OpenBadges.Baking;

/// <summary>An image file without the credential baked into it: where that was done here, the art byte for byte.</summary>
public sealed class UnbakedPicture
{
    private readonly ReadOnlyMemory<byte>[] _parts;

    internal UnbakedPicture(params ReadOnlyMemory<byte>[] parts) => _parts = parts;

    /// <summary>
    /// SHA-256, 32 bytes; computed at each call. Compared with the art's digest, it tells when somebody swapped the picture and kept
    /// the credential.
    /// </summary>
    public byte[] Sha256()
    {
        if (_parts.Length == 1)
        {
            return SHA256.HashData(_parts[0].Span);
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in _parts)
        {
            hash.AppendData(part.Span);
        }

        return hash.GetHashAndReset();
    }

    /// <summary>
    /// Whether the picture is this art: byte for byte, or but for what programs change that save or pass on a file without touching what is
    /// drawn, a PNG's notes (text, time, Exif) and an SVG's line ends.
    /// </summary>
    /// <param name="art">A file.</param>
    public bool Is(ReadOnlySpan<byte> art) => IsExactly(art) || Drawn(ToArray()).AsSpan().SequenceEqual(Drawn(art));

    /// <summary>The picture, copied.</summary>
    public byte[] ToArray() => [.. _parts.SelectMany(p => p.ToArray())];

    private bool IsExactly(ReadOnlySpan<byte> art)
    {
        foreach (var part in _parts)
        {
            if (!art.StartsWith(part.Span))
            {
                return false;
            }

            art = art[part.Length..];
        }

        return art.IsEmpty;
    }

    private static byte[] Drawn(ReadOnlySpan<byte> file)
    {
        if (ImageProbe.KindOf(file) == ImageKind.Svg)
        {
            // XML 1.0, 2.11: to a reader they are one.
            return [.. Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(file).Replace("\r\n", "\n", StringComparison.Ordinal))];
        }

        var drawn = new List<byte>();
        var chunks = new PngChunks(file);
        while (chunks.MoveNext())
        {
            if (!chunks.IsNote)
            {
                drawn.AddRange(file[chunks.Start..chunks.End]);
            }
        }

        // What cannot be read, or goes on after its end, is taken as it is.
        return chunks.Problem is null && chunks.End == file.Length ? [.. drawn] : file.ToArray();
    }
}
