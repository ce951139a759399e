using System.Security.Cryptography;

namespace CitiesOfLearning.Hub.Baking;

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

    public byte[] ToArray() => [.. parts.SelectMany(p => p.ToArray())];
}
