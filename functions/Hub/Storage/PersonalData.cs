using System.Security.Cryptography;
using System.Text;
using CitiesOfLearning.Hub.Settings;
using Microsoft.Extensions.Options;

namespace CitiesOfLearning.Hub.Storage;

/// <summary>
/// Encrypts what identifies a person: AES-256-GCM (NIST SP 800-38D), 12-byte random nonce, 16-byte tag, stored as base64 of
/// nonce ‖ tag ‖ ciphertext. Its place (row and column) is authenticated with it, so that a value moved elsewhere does not decrypt.
/// </summary>
public sealed class PersonalData(IOptions<HubOptions> options)
{
    private const int NonceLength = 12, TagLength = 16;

    private readonly byte[] _key = Convert.FromBase64String(options.Value.DataKey);

    public string Encrypt(string text, string place) => Convert.ToBase64String(Encrypt(Encoding.UTF8.GetBytes(text), place));

    public byte[] Encrypt(ReadOnlySpan<byte> plain, string place)
    {
        var box = new byte[NonceLength + TagLength + plain.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceLength));
        using var aes = Cipher();
        aes.Encrypt(
            box.AsSpan(0, NonceLength),
            plain,
            box.AsSpan(NonceLength + TagLength),
            box.AsSpan(NonceLength, TagLength),
            Encoding.UTF8.GetBytes(place));
        return box;
    }

    /// <exception cref="CryptographicException">The value was changed, moved, or encrypted with another key.</exception>
    public string Decrypt(string box, string place) => Encoding.UTF8.GetString(Decrypt(Convert.FromBase64String(box), place));

    /// <inheritdoc cref="Decrypt(string, string)"/>
    public byte[] Decrypt(ReadOnlySpan<byte> box, string place)
    {
        if (box.Length < NonceLength + TagLength)
        {
            throw new CryptographicException("The value is too short to be one.");
        }

        var plain = new byte[box.Length - NonceLength - TagLength];
        using var aes = Cipher();
        aes.Decrypt(
            box[..NonceLength],
            box[(NonceLength + TagLength)..],
            box.Slice(NonceLength, TagLength),
            plain,
            Encoding.UTF8.GetBytes(place));
        return plain;
    }

    // One for each value: a cipher keeps state while it works, and many handlers work at once.
    private AesGcm Cipher() => new(_key, TagLength);
}
