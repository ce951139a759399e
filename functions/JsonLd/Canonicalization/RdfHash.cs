using System.Security.Cryptography;

namespace CitiesOfLearning.JsonLd.Canonicalization;

/// <summary>
/// The hash algorithm inside RDFC-1.0 (https://www.w3.org/TR/rdf-canon/#dfn-hash-algorithm). SHA-256 unless a proof says otherwise.
/// </summary>
public enum RdfHash
{
    /// <summary>32 bytes.</summary>
    Sha256,

    /// <summary>48 bytes; with it nodes are numbered in another order.</summary>
    Sha384,
}

internal static class RdfHashing
{
    public static int Size(this RdfHash hash) => hash == RdfHash.Sha384 ? SHA384.HashSizeInBytes : SHA256.HashSizeInBytes;

    public static void Compute(this RdfHash hash, ReadOnlySpan<byte> data, Span<byte> result) =>
        _ = hash == RdfHash.Sha384 ? SHA384.HashData(data, result) : SHA256.HashData(data, result);
}
