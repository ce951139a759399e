using System.Security.Cryptography;

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

    /// <summary>Whether the picture is this art, byte for byte.</summary>
    /// <param name="art">A file.</param>
    public bool Is(ReadOnlySpan<byte> art)
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

    /// <summary>The picture, copied.</summary>
    public byte[] ToArray() => [.. _parts.SelectMany(p => p.ToArray())];
}
