using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CitiesOfLearning.JsonLd;
using CitiesOfLearning.OpenBadges.Baking;
using CitiesOfLearning.OpenBadges.Contexts;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Benchmarks.Worst;

/// <summary>
/// The most expensive files that anybody could think of, each of about so many bytes. They are signed by whoever made them, with a key that
/// is its own name: nothing stops the work early.
/// </summary>
internal sealed class WorstRequests : IDisposable
{
    private const int Proofs = 8;

    // Each context in the oldest text that was published: all other editions are tried first.
    private static readonly string[] SixEditions =
    [
        "https://www.w3.org/2018/credentials/v1",
        "https://purl.imsglobal.org/spec/ob/v3p0/context.json",
        "https://w3id.org/security/suites/ed25519-2020/v1",
        "https://w3id.org/security/data-integrity/v2",
    ];

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly string _did;

    public WorstRequests()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        _did = $"did:key:z{Base58.Encode(Multikey.Encode(EcKey.FromCoordinates(KeyKind.P256, point.X, point.Y)!))}";
    }

    /// <summary>By what is expensive in them.</summary>
    public IReadOnlyDictionary<string, Func<int, byte[]>> All => new Dictionary<string, Func<int, byte[]>>
    {
        ["a set of proofs under the oldest contexts"] = size => Proved(size, Proofs, chain: false, Evidence),
        ["a chain of proofs under the oldest contexts"] = size => Proved(size, Proofs, chain: true, Evidence),
        ["proofs over blank nodes that look the same"] = size => Proved(size, Proofs, chain: true, Alike),
        ["proofs over long texts"] = size => Proved(size, Proofs, chain: true, n => [Item(new string('ŵ', n / 2))]),
        ["proofs over many tiny values"] = size => Proved(size, Proofs, chain: true, Tiny),
        ["proofs over canonical JSON"] = size => Json(size, "ecdsa-jcs-2019"),
        ["statements that are signed one by one"] = SelectivelyDisclosed,
        ["a token of many small values"] = size => Token($"[{Repeat("0,", size * 3 / 4)}0]"),
        ["a token of many names"] = size => Token($"{{{Names(size * 3 / 40)}}}"),
        ["deep JSON"] = size => Utf8($"{{\"a\":[{Repeat($"{new string('[', 60)}{new string(']', 60)},", size / 121)}0]}}"),
        ["names that stand twice"] = size => Utf8($"{{{Names(size / 11)},\"a\":1,\"a\":2}}"),
        ["a picture with a text that grows"] = Bomb,
        ["a picture of many chunks"] = size => Picture(size, "tEXt", "a\0b"u8.ToArray()),
        ["a drawing of many elements"] = size => Drawing(Repeat("<g/>", size / 4)),
        ["a drawing that repeats itself"] = size => Drawing($"<g id=\"a\">{Repeat("<use href=\"#a\"/>", size / 16)}</g>"),
        ["a text of many lines"] = size => Utf8(Repeat("eyJ\r\n> ", size / 7)),
        ["a text in two bytes a letter"] = size => Encoding.Unicode.GetBytes("{\"a\":[" + Repeat("1,", size / 4) + "1]}"),
    };

    public void Dispose() => _key.Dispose();

    private byte[] Proved(int size, int proofs, bool chain, Func<int, JsonNode[]> fill)
    {
        var document = Credential(SixEditions);
        document["evidence"] = new JsonArray(fill(Math.Max(size - 900 - (proofs * 600), 0)));
        var edition = PublishedContexts.Editions(SixEditions).Last();
        var made = new List<JsonObject>();
        for (var i = 0; i < proofs; i++)
        {
            var options = Options(EcdsaRdfc2019Name);
            options["id"] = $"urn:proof:{i}";
            var input = document.DeepClone().AsObject();
            if (chain && made.Count > 0)
            {
                options["previousProof"] = new JsonArray([.. made.Select(p => (JsonNode)p["id"]!.GetValue<string>())]);
                input["proof"] = new JsonArray([.. made.Select(p => p.DeepClone())]);
            }

            options["proofValue"] = ProofValue(input, options, edition);
            made.Add(options);
        }

        document["proof"] = new JsonArray([.. made]);
        return Utf8(document);
    }

    // What nobody could sign either: too large, or too hard, is found out by whoever verifies.
    private string ProofValue(JsonObject input, JsonObject options, ContextStore edition)
    {
        try
        {
            var hashed = RdfcProof.Hash(KeyKind.P256, Element(input), Element(options), new JsonLdProcessor(edition));
            return DataIntegrity.Base58Value(_key.SignData(hashed.HashData, HashAlgorithmName.SHA256));
        }
        catch (JsonLdException)
        {
            return DataIntegrity.Base58Value(new byte[64]);
        }
    }

    private byte[] Json(int size, string suite)
    {
        var document = Credential([ContextAddresses.Credentials, ContextAddresses.OpenBadges]);
        document["evidence"] = new JsonArray(Evidence(Math.Max(size - 900 - (Proofs * 500), 0)));
        var options = Options(suite);
        var hashed = EcdsaJcs2019.Hash(KeyKind.P256, Element(document), Element(options));
        options["proofValue"] = DataIntegrity.Base58Value(_key.SignData(hashed.HashData, HashAlgorithmName.SHA256));
        document["proof"] = new JsonArray([.. Enumerable.Range(0, Proofs).Select(_ => options.DeepClone())]);
        return Utf8(document);
    }

    private byte[] SelectivelyDisclosed(int size)
    {
        var document = Credential([ContextAddresses.Credentials, ContextAddresses.OpenBadges]);
        document["evidence"] = new JsonArray(Evidence(Math.Max(size - 1500, 0) / 8));
        var options = Options("ecdsa-sd-2023");
        var unsigned = EcdsaSd2023.Create(Element(document), Element(options), BadgeDisclosure.Mandatory(Element(document)), new byte[32]);
        var based = DataIntegrity.Secure(
            Element(document), Element(options), unsigned.ProofValue(_key.SignData(unsigned.ToSign, HashAlgorithmName.SHA256)));
        var derived = JsonNode.Parse(SdDerivation.Derive(JsonElement.Parse(based), [""])!)!.AsObject();
        derived["proof"] = new JsonArray([.. Enumerable.Range(0, Proofs).Select(_ => derived["proof"]!.DeepClone())]);
        return Utf8(derived);
    }

    private static byte[] Bomb(int size)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.SmallestSize))
        {
            var zeros = new byte[64 * 1024];
            for (var i = 0; i < 16; i++)
            {
                deflate.Write(zeros);
            }
        }

        return Picture(size, "iTXt", [.. "openbadgecredential\0\u0001\0\0\0"u8, .. packed.ToArray()]);
    }

    // The same chunk again and again, before the picture's own.
    private static byte[] Picture(int size, string kind, byte[] data)
    {
        var art = Some.Png();
        var chunk = new byte[12 + data.Length];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(kind, chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        var crc = Crc32(chunk.AsSpan(4, 4 + data.Length));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), crc);
        return [.. art[..33], .. Enumerable.Repeat(chunk, Math.Max(1, size / chunk.Length)).SelectMany(c => c), .. art[33..]];
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }

    private static byte[] Drawing(string content) =>
        Utf8($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">{content}</svg>");

    private static string Names(int count) => string.Join(',', Enumerable.Range(0, count).Select(i => $"\"a{i:D5}\":0"));

    // A badge with all its claims, and something more.
    private byte[] Token(string value)
    {
        var badge = Credential([ContextAddresses.Credentials, ContextAddresses.OpenBadges]);
        (badge["iss"], badge["jti"], badge["sub"]) = (_did, badge["id"]!.DeepClone(), badge["credentialSubject"]!["id"]!.DeepClone());
        badge["nbf"] = 1_780_308_000;
        var header = Url($$"""{"alg":"ES256","kid":"{{_did}}#{{_did[8..]}}"}""");
        var signed = $"{header}.{Url($"{badge.ToJsonString()[..^1]},\"a\":{value}}}")}";
        var signature = _key.SignData(Utf8(signed), HashAlgorithmName.SHA256);
        return Utf8($"{signed}.{System.Buffers.Text.Base64Url.EncodeToString(signature)}");
    }

    private static string Url(string text) => System.Buffers.Text.Base64Url.EncodeToString(Utf8(text));

    private const string EcdsaRdfc2019Name = "ecdsa-rdfc-2019";

    private JsonObject Credential(IEnumerable<string> contexts) => new()
    {
        ["@context"] = new JsonArray([.. contexts.Select(c => (JsonNode)c)]),
        ["id"] = "urn:uuid:0a1b2c3d-0000-4000-8000-000000000000",
        ["type"] = new JsonArray("VerifiableCredential", "OpenBadgeCredential"),
        ["issuer"] = new JsonObject { ["id"] = _did, ["type"] = new JsonArray("Profile"), ["name"] = "Nobody" },
        [contexts.Contains(ContextAddresses.Credentials) ? "validFrom" : "issuanceDate"] = "2026-06-01T10:00:00Z",
        ["credentialSubject"] = new JsonObject
        {
            ["id"] = "urn:uuid:0a1b2c3d-0000-4000-8000-000000000001",
            ["type"] = new JsonArray("AchievementSubject"),
            ["achievement"] = new JsonObject
            {
                ["id"] = "urn:uuid:0a1b2c3d-0000-4000-8000-000000000002",
                ["type"] = new JsonArray("Achievement"),
                ["name"] = "Worst",
                ["description"] = "Worst",
                ["criteria"] = new JsonObject { ["narrative"] = "Worst" },
            },
        },
    };

    private JsonObject Options(string suite) => new()
    {
        ["type"] = "DataIntegrityProof",
        ["cryptosuite"] = suite,
        ["created"] = "2026-06-01T10:00:00Z",
        ["verificationMethod"] = $"{_did}#{_did[8..]}",
        ["proofPurpose"] = "assertionMethod",
    };

    private static JsonNode[] Evidence(int bytes) =>
        [.. Enumerable.Range(0, bytes / 60).Select(i => Item(i.ToString(CultureInfo.InvariantCulture)))];

    private static JsonObject Item(string name) => new() { ["type"] = new JsonArray("Evidence"), ["name"] = name };

    // Each in a line of its own that looks like all others, as long as it is followed.
    private static JsonNode[] Alike(int bytes)
    {
        var count = bytes / 160;
        return [.. Enumerable.Range(0, count).Select(i => new JsonObject
        {
            ["id"] = $"_:b{i}",
            ["type"] = new JsonArray("Evidence", $"_:b{(i + 1) % count}", $"_:b{(i + 7) % count}", $"_:b{i * 3 % count}"),
        })];
    }

    private static JsonNode[] Tiny(int bytes)
    {
        var types = Enumerable.Range(0, bytes / 12).Select(i => (JsonNode)$"urn:{i}").Prepend("Evidence");
        return [new JsonObject { ["type"] = new JsonArray([.. types]) }];
    }

    private static JsonElement Element(JsonNode node) => JsonSerializer.SerializeToElement(node);

    private static byte[] Utf8(JsonNode node) => Utf8(node.ToJsonString());

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static string Repeat(string text, int times) => new StringBuilder().Insert(0, text, Math.Max(times, 0)).ToString();
}
