namespace CitiesOfLearning.OpenBadges.Keys;

/// <summary>
/// Public keys with a multicodec header in front, as Controlled Identifiers says them: https://www.w3.org/TR/cid-1.0/#Multikey.
/// </summary>
public static class Multikey
{
    // Unsigned varints of p256-pub (0x1200), p384-pub (0x1201) and ed25519-pub (0xed): https://www.w3.org/TR/cid-1.0/#Multikey
    private static ReadOnlySpan<byte> P256Header => [0x80, 0x24];

    private static ReadOnlySpan<byte> P384Header => [0x81, 0x24];

    private static ReadOnlySpan<byte> Ed25519Header => [0xed, 0x01];

    /// <summary>
    /// A <c>publicKeyMultibase</c>: <c>z</c> (base-58-btc) and no other base. Null if it is no sound key of a kind that is known here.
    /// </summary>
    /// <param name="publicKeyMultibase">A text that anybody may have written.</param>
    public static VerificationKey? Read(string publicKeyMultibase) =>
        publicKeyMultibase is ['z', ..] && Base58.Decode(publicKeyMultibase.AsSpan(1)) is { } bytes ? Decode(bytes) : null;

    /// <summary>The bytes below the base. Null if they are no sound key of a kind that is known here.</summary>
    /// <param name="bytes">With the multicodec header.</param>
    internal static VerificationKey? Decode(ReadOnlySpan<byte> bytes) =>
        bytes.Length < 2 ? null
        : bytes[..2].SequenceEqual(P256Header) ? EcKey.FromCompressed(KeyKind.P256, bytes[2..])
        : bytes[..2].SequenceEqual(P384Header) ? EcKey.FromCompressed(KeyKind.P384, bytes[2..])
        : bytes[..2].SequenceEqual(Ed25519Header) ? EdKey.From(bytes[2..])
        : null;

    /// <summary>The key as <c>publicKeyMultibase</c>.</summary>
    /// <param name="key">P-256, P-384 or Ed25519.</param>
    /// <exception cref="ArgumentException">RSA has no Multikey.</exception>
    public static string Write(VerificationKey key) => "z" + Base58.Encode(Encode(key));

    /// <summary>The bytes below the base.</summary>
    /// <exception cref="ArgumentException">RSA has no Multikey.</exception>
    internal static byte[] Encode(VerificationKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var header = key.Kind switch
        {
            KeyKind.P256 => P256Header,
            KeyKind.P384 => P384Header,
            KeyKind.Ed25519 => Ed25519Header,
            _ => throw new ArgumentException($"{key.Kind} has no Multikey.", nameof(key)),
        };
        return [.. header, .. key.Encoded];
    }
}
