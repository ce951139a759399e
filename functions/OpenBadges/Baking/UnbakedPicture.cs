using System.Security.Cryptography;

namespace CitiesOfLearning.OpenBadges.Baking;

/// <summary>An image file without the credential baked into it: for our own badges, the city's art byte for byte.</summary>
public sealed class UnbakedPicture(params ReadOnlyMemory<byte>[] parts)
{
    /// <summary>
    /// SHA-256, 32 bytes; computed at each call. Compared with the art's digest, it tells when somebody swapped the picture and kept
    /// the credential.
    /// </summary>
    public byte[] Sha256()
    {
        if (parts.Length == 1)
        {
            return SHA256.HashData(parts[0].Span);
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            hash.AppendData(part.Span);
        }

        return hash.GetHashAndReset();
    }

    /// <summary>Whether the picture is this art, byte for byte.</summary>
    public bool Is(ReadOnlySpan<byte> art)
    {
        foreach (var part in parts)
        {
            if (!art.StartsWith(part.Span))
            {
                return false;
            }

            art = art[part.Length..];
        }

        return art.IsEmpty;
    }

    public byte[] ToArray() => [.. parts.SelectMany(p => p.ToArray())];
}
