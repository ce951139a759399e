using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace CitiesOfLearning.Hub.Storage;

/// <summary>
/// Encrypts what identifies a person: AES-256-GCM (NIST SP 800-38D), 12-byte random nonce, 16-byte tag, stored as base64 of
/// nonce ‖ tag ‖ ciphertext. The row's key is authenticated with it, so that a value moved to another row does not decrypt.
/// </summary>
public sealed class PersonalData(IOptions<HubOptions> options) : IDisposable
{
    private const int NonceLength = 12, TagLength = 16;

    private readonly AesGcm _aes = new(Convert.FromBase64String(options.Value.DataKey), TagLength);

    public string Encrypt(string text, string rowKey)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var box = new byte[NonceLength + TagLength + plain.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceLength));
        _aes.Encrypt(box.AsSpan(0, NonceLength), plain, box.AsSpan(NonceLength + TagLength), box.AsSpan(NonceLength, TagLength), Encoding.UTF8.GetBytes(rowKey));
        return Convert.ToBase64String(box);
    }

    /// <exception cref="CryptographicException">The value was changed, moved, or encrypted with another key.</exception>
    public string Decrypt(string box, string rowKey)
    {
        var bytes = Convert.FromBase64String(box).AsSpan();
        var plain = new byte[bytes.Length - NonceLength - TagLength];
        _aes.Decrypt(bytes[..NonceLength], bytes[(NonceLength + TagLength)..], bytes.Slice(NonceLength, TagLength), plain, Encoding.UTF8.GetBytes(rowKey));
        return Encoding.UTF8.GetString(plain);
    }

    public void Dispose() => _aes.Dispose();
}
