using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Status;
using CitiesOfLearning.Hub.Tests.Cities;
using CitiesOfLearning.Hub.Tests.Journeys;
using CitiesOfLearning.Hub.Tests.Verification;
using CitiesOfLearning.OpenBadges.Baking;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Issuing;

/// <summary>
/// I1 to I5: badges of each kind keep the rules of 1EdTech's public validator, which cannot run here: written anew, with nothing of the
/// product that reads or verifies. Its schema is in <c>CredentialTests</c>.
/// </summary>
public sealed class ReferenceValidatorTests(IssuedHub issued) : IClassFixture<IssuedHub>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>How the city names itself and signs, the learner's language, and whether there is a score.</summary>
    public static TheoryData<string, string, string, bool> Badges =>
    [
        .. from identifier in new[] { "https", "did:web" }
           from proofs in new[] { """["jwt-es256", "ecdsa-sd-2023"]""", """["jwt-rs256", "ecdsa-sd-2023"]""" }
           from language in new[] { "en", "cy" }
           from score in new[] { true, false }
           select (identifier, proofs, language, score),
    ];

    public static TheoryData<string> Rules => [.. ReferenceRule.All.Select(r => r.Name)];

    [Theory]
    [MemberData(nameof(Badges))]
    public async Task A_badge_of_each_kind_keeps_every_rule(string identifier, string proofs, string language, bool score)
    {
        await using var hub = await HubUnderTest.StartAsync();
        await ActivateAsync(hub, identifier, proofs);
        var badge = await hub.IssueAsync(language: language, score: score ? 0.87 : null);

        var (header, payload) = await TokenAsync(hub, badge.Token);
        Assert.Contains((string)header["alg"]!, new[] { "RS256", "ES256" });
        AssertKeeps(payload);
        var embedded = JsonNode.Parse(BadgeDisclosure.Show(
            (await hub.Get<AwardTable>().SignedAsync(badge.AwardId, Cancel))!.Embedded, BadgeDisclosure.Everything))!;
        AssertKeeps(embedded);
        await AssertProofAsync(hub, embedded);
        await AssertListAsync(hub, payload["credentialStatus"]!);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task A_badge_that_breaks_a_rule_is_told_by_it(string name)
    {
        var rule = ReferenceRule.All.Single(r => r.Name == name);
        var (_, credential) = await TokenAsync(issued.Hub, issued.Badge.Token);

        Assert.True(rule.Asks(credential));
        rule.Break(credential);
        Assert.False(rule.Asks(credential));
    }

    private static void AssertKeeps(JsonNode credential) =>
        Assert.Empty(ReferenceRule.All.Where(r => !r.Asks(credential)).Select(r => $"{r.Name} ({r.Clause})"));

    private static async Task ActivateAsync(HubUnderTest hub, string identifier, string proofs)
    {
        var chosen = $"\"identifier\": \"{identifier}\",\n  \"proofs\": {proofs},\n  \"languages\":";
        var files = Sample.Edited("plymouth", "city.json", ("\"languages\":", chosen));
        Assert.NotNull((await hub.Get<CityStore>().ActivateAsync("plymouth", files, Cancel)).City);
        hub.Time.Advance(TimeSpan.FromMinutes(1));
    }

    // The header's kid leads to one key, and with that key alone the signature is good.
    private static async Task<(JsonNode Header, JsonNode Payload)> TokenAsync(HubUnderTest hub, string token)
    {
        var parts = token.Split('.');
        Assert.Equal(3, parts.Length);
        Assert.DoesNotContain('=', token);
        var (header, payload) = (Part(parts[0]), Part(parts[1]));
        var jwk = await JwkAsync(hub, (string)header["kid"]!, (string)payload["iss"]!);
        var (input, signature) = (Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]));
        if ((string)header["alg"]! == "RS256")
        {
            using var rsa = RSA.Create(new RSAParameters { Modulus = Bytes(jwk, "n"), Exponent = Bytes(jwk, "e") });
            Assert.True(rsa.VerifyData(input, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        }
        else
        {
            using var ec = ECDsa.Create(Point(Bytes(jwk, "x"), Bytes(jwk, "y")));
            Assert.True(ec.VerifyData(input, signature, HashAlgorithmName.SHA256));
        }

        return (header, payload);
    }

    // One JWK, not a set, at the address; or the publicKeyJwk of that method in the DID's document, for what it asserts.
    private static async Task<JsonNode> JwkAsync(HubUnderTest hub, string kid, string issuer)
    {
        var documents = hub.Get<KeyDocuments>();
        if (kid.StartsWith("did:web:", StringComparison.Ordinal))
        {
            Assert.Equal(issuer, kid.Split('#')[0]);
            var did = JsonNode.Parse((await documents.DidAsync("plymouth", Cancel))!.Body.Span)!;
            Assert.Equal(issuer, (string)did["id"]!);
            Assert.Contains(kid, did["assertionMethod"]!.AsArray().Select(m => (string)m!));
            return did["verificationMethod"]!.AsArray().Single(m => (string)m!["id"]! == kid)!["publicKeyJwk"]!;
        }

        Assert.StartsWith(issuer + "/keys/", kid);
        var jwk = JsonNode.Parse((await documents.KeyAsync("plymouth", kid.Split('/')[^1], Cancel))!.Body.Span)!;
        Assert.NotNull(jwk["kty"]);
        var ours = JsonNode.Parse((await documents.JwksAsync(Cancel)).Body.Span)!["keys"]!.AsArray();
        Assert.Contains(ours, k => JsonNode.DeepEquals(k, jwk) && (string)k!["iss"]! == issuer);
        return jwk;
    }

    // The suites that it knows; a method whose fragment is the key itself, under the issuer's own name.
    private static async Task AssertProofAsync(HubUnderTest hub, JsonNode credential)
    {
        var proof = credential["proof"]!;
        Assert.Equal(("DataIntegrityProof", "assertionMethod"), ((string)proof["type"]!, (string)proof["proofPurpose"]!));
        Assert.Contains((string)proof["cryptosuite"]!, new[] { "eddsa-2022", "eddsa-rdfc-2022", "ecdsa-sd-2023" });
        var method = ((string)proof["verificationMethod"]!).Split('#');
        Assert.Equal(credential["issuer"] is JsonObject issuer ? (string)issuer["id"]! : (string)credential["issuer"]!, method[0]);
        var key = (await hub.Signer.CurrentKeyAsync(SampleCity.Plymouth, SigningAlgorithm.ES256, Cancel)).Multikey;
        Assert.Equal(key, method[1]);
    }

    private static async Task AssertListAsync(HubUnderTest hub, JsonNode status)
    {
        var address = (string)status["statusListCredential"]!;
        var number = int.Parse(address.Split('-')[^1]);
        var published = (await hub.Get<StatusLists>().FindAsync(SampleCity.Plymouth, "revocation", number, Cancel))!;
        var embedded = JsonNode.Parse(published.Embedded)!;
        await AssertProofAsync(hub, embedded);
        foreach (var list in new[] { (await TokenAsync(hub, Encoding.ASCII.GetString(published.Jwt))).Payload, embedded })
        {
            Assert.Equal("https://www.w3.org/ns/credentials/v2", (string)list["@context"]![0]!);
            Assert.Contains("BitstringStatusListCredential", list["type"]!.AsArray().Select(t => (string)t!));
            Assert.Equal(address, (string)list["id"]!);
            var subject = list["credentialSubject"]!;
            Assert.Equal(
                ("BitstringStatusList", (string)status["statusPurpose"]!), ((string)subject["type"]!, (string)subject["statusPurpose"]!));
            var bits = Expand((string)subject["encodedList"]!);
            var index = int.Parse((string)status["statusListIndex"]!);
            Assert.True(bits.Length * 8 >= 131_072);
            Assert.Equal(0, bits[index / 8] & (1 << (7 - (index % 8))));
        }
    }

    private static byte[] Expand(string encoded)
    {
        Assert.StartsWith("u", encoded);
        using var bits = new MemoryStream();
        using var zipped = new GZipStream(new MemoryStream(Base64Url.DecodeFromChars(encoded.AsSpan(1))), CompressionMode.Decompress);
        zipped.CopyTo(bits);
        return bits.ToArray();
    }

    private static ECParameters Point(byte[] x, byte[] y) =>
        new() { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } };

    private static byte[] Bytes(JsonNode jwk, string member) => Base64Url.DecodeFromChars((string)jwk[member]!);

    private static JsonNode Part(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part))!;
}
