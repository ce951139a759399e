using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CitiesOfLearning.Hub.Settings;
using Microsoft.Extensions.Options;

namespace CitiesOfLearning.Hub.Identifiers;

/// <summary>Derives every id that must come out the same when a message comes twice (docs/adr/0004).</summary>
public sealed class HubIds(IOptions<HubOptions> options)
{
    private readonly byte[] _key = Convert.FromBase64String(options.Value.HashKey);

    // An app that verifies only has none, and an id made without it would be one that anybody can work out.
    private byte[] Key => _key.Length > 0 ? _key : throw new InvalidOperationException("This app has no Hub__HashKey: it verifies only.");

    /// <summary>
    /// A new learner's id, the same when a message comes twice; 32 characters of Crockford base32. It stays when the address changes.
    /// </summary>
    /// <param name="made">How many learners were made under this address before.</param>
    public string LearnerId(CityId city, string address, int made = 0) => made == 0
        ? Derive(32, "learner", city.ToString(), Fold(address))
        : Derive(32, "learner", city.ToString(), Fold(address), made.ToString(CultureInfo.InvariantCulture));

    /// <summary>For a learner without an address: the sender's account stands in.</summary>
    public string LearnerId(CityId city, string source, string account) => Derive(32, "account", city.ToString(), source, account);

    /// <summary>Finds a learner again from an address without storing it.</summary>
    public string AddressKey(CityId city, string address) => Derive(32, "identifier", city.ToString(), Fold(address));

    /// <summary>Finds a learner again from an account at a source.</summary>
    public string AccountKey(CityId city, string source, string account) => Derive(32, "identifier", city.ToString(), source, account);

    /// <summary>Finds again what a steward said of a name at an address of a source.</summary>
    public string AccountKey(CityId city, string source, string address, string name) =>
        Derive(32, "identifier", city.ToString(), source, address, name);

    /// <summary>Tells names at one address apart without storing them: a word of one.</summary>
    public string NameKey(CityId city, string word) => Derive(8, "name", city.ToString(), word);

    /// <summary>A mailbox that a city writes from. Cities that share it share its pace.</summary>
    public string MailboxKey(string address) => Derive(32, "mailbox", NormalizeAddress(address));

    /// <summary>
    /// 130 bits, which cannot be guessed from an address. One badge class is awarded once to a learner;
    /// <paramref name="occurrence"/> tells apart those that may be earned again.
    /// </summary>
    public AwardId AwardId(CityId city, string badge, string learnerKey, string occurrence = "") =>
        Identifiers.AwardId.Parse(Derive(Identifiers.AwardId.Length, "award", city.ToString(), badge, learnerKey, occurrence));

    /// <summary>
    /// <c>urn:uuid:</c> of an award's subject (UUID version 8, RFC 9562, 5.8): the same however often it is issued, and it says nothing
    /// about the learner.
    /// </summary>
    public string SubjectId(AwardId awardId)
    {
        Span<byte> bytes = stackalloc byte[16];
        HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes("subject:" + awardId))[..16].CopyTo(bytes);
        bytes[6] = (byte)(bytes[6] & 0x0F | 0x80);
        bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
        return $"urn:uuid:{new Guid(bytes, bigEndian: true)}";
    }

    /// <summary>
    /// Where in a status list an award's entry is looked for, try by try: evenly spread, and random to whoever lacks the key.
    /// </summary>
    /// <param name="length">Of the list; a power of two.</param>
    public int StatusIndex(AwardId awardId, int list, int draw, int length)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"status:{awardId}:{list}:{draw}");
        return (int)(BinaryPrimitives.ReadUInt32BigEndian(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes(text))) & (uint)(length - 1));
    }

    /// <summary>
    /// The secret in an award's emailed link: 160 bits that nobody has without the key, 32 characters of Crockford base32 in lower case.
    /// </summary>
    public string ClaimSecret(AwardId awardId) => Derive(32, "claim", awardId.ToString()).ToLowerInvariant();

    /// <summary>Stored in place of a secret (slip code, slip word).</summary>
    public string SecretHash(string purpose, string secret) => Derive(52, "secret", purpose, secret);

    /// <summary>Lower-case hex SHA-256: for keys that need no secrecy.</summary>
    public static string ContentHash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Trimmed, lower case, Unicode NFC. A plus sign is part of the address.</summary>
    public static string NormalizeAddress(string address) => address.Trim().Normalize(NormalizationForm.FormC).ToLowerInvariant();

    /// <summary>
    /// As names of one thing are compared: as <see cref="NormalizeAddress"/>, and a sigma is one letter wherever it stands.
    /// </summary>
    public static string Fold(string text) => NormalizeAddress(text).Replace('ς', 'σ');

    private string Derive(int length, string purpose, params ReadOnlySpan<string> parts)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Key);
        Append(purpose);
        foreach (var part in parts)
        {
            Append(part);
        }

        return Crockford.Encode(mac.GetHashAndReset())[..length];

        // The length in front keeps ("ab", "c") apart from ("a", "bc").
        void Append(string part)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            mac.AppendData(BitConverter.GetBytes(bytes.Length));
            mac.AppendData(bytes);
        }
    }
}
