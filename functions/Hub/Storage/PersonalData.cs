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

    public string Encrypt(string text, string place)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var box = new byte[NonceLength + TagLength + plain.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceLength));
        using var aes = Cipher();
        aes.Encrypt(
            box.AsSpan(0, NonceLength),
            plain,
            box.AsSpan(NonceLength + TagLength),
            box.AsSpan(NonceLength, TagLength),
            Encoding.UTF8.GetBytes(place));
        return Convert.ToBase64String(box);
    }

    /// <exception cref="CryptographicException">The value was changed, moved, or encrypted with another key.</exception>
    public string Decrypt(string box, string place)
    {
        var bytes = Convert.FromBase64String(box).AsSpan();
        if (bytes.Length < NonceLength + TagLength)
        {
            throw new CryptographicException("The value is too short to be one.");
        }

        var plain = new byte[bytes.Length - NonceLength - TagLength];
        using var aes = Cipher();
        aes.Decrypt(
            bytes[..NonceLength],
            bytes[(NonceLength + TagLength)..],
            bytes.Slice(NonceLength, TagLength),
            plain,
            Encoding.UTF8.GetBytes(place));
        return Encoding.UTF8.GetString(plain);
    }

    // One for each value: a cipher keeps state while it works, and many handlers work at once.
    private AesGcm Cipher() => new(_key, TagLength);
}
