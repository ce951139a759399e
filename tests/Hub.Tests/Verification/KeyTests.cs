using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Tests.Journeys;
using CitiesOfLearning.Hub.Verification;
using CitiesOfLearning.OpenBadges.Jwt;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Verification;

/// <summary>Security rows 6 (alg none, algorithm confusion) and 7 (keys and addresses in headers).</summary>
[Collection(nameof(IssuedHub))]
public sealed class KeyTests(IssuedHub issued)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HubUnderTest _hub = issued.Hub;
    private readonly IssuedBadge _badge = issued.Badge;

    [Fact]
    public async Task A_real_RSA_key_of_the_city_signs_as_well()
    {
        var report = await _hub.VerifyAsync(await _hub.SignedByAsync("plymouth", _badge.Payload, SigningAlgorithm.RS256));

        Assert.Equal((Answer.Yes, Answer.Yes, Answer.Yes), (report.Authentic, report.Current, report.Authorised));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("nOnE")]
    [InlineData("")]
    [InlineData("ES384")]
    [InlineData("RS256")]
    [InlineData("HS256")]
    [InlineData("es256")]
    [InlineData("EdDSA")]
    public async Task Another_algorithm_than_the_keys_own_is_refused(string algorithm)
    {
        var kid = await KidAsync();

        // Once with a signature that the key really made, once with none at all.
        var report = await _hub.VerifyAsync(await _hub.SignedByAsync("plymouth", _badge.Payload, header: Forge.Header(algorithm, kid)));
        var unsigned = await _hub.VerifyAsync(Forge.Jwt(Forge.Header(algorithm, kid), _badge.Payload, _ => []));

        AssertNo(report, "proof", "unsupported");
        Assert.NotEqual(Answer.Yes, unsigned.Authentic);
    }

    [Fact]
    public async Task The_public_key_is_no_HMAC_secret()
    {
        var kid = await KidAsync();
        var parameters = (await _hub.KeyAsync("plymouth")).EcParameters();
        using var key = ECDsa.Create(parameters);
        byte[][] secrets =
        [
            key.ExportSubjectPublicKeyInfo(),
            Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem()),
            [4, .. parameters.Q.X!, .. parameters.Q.Y!],
            [],
        ];

        foreach (var secret in secrets)
        {
            var report = await _hub.VerifyAsync(
                Forge.Jwt(Forge.Header("HS256", kid), _badge.Payload, input => HMACSHA256.HashData(secret, input)));

            AssertNo(report, "proof", "unsupported");
        }
    }

    [Theory]
    [InlineData("jwk")]
    [InlineData("jku")]
    [InlineData("x5u")]
    [InlineData("x5c")]
    public async Task A_key_or_an_address_in_the_header_is_never_looked_at(string member)
    {
        using var mine = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = mine.ExportParameters(false).Q;
        JsonNode value = member switch
        {
            "jwk" =>
                new JsonObject
                {
                    ["kty"] = "EC",
                    ["crv"] = "P-256",
                    ["x"] = Base64Url.EncodeToString(point.X),
                    ["y"] = Base64Url.EncodeToString(point.Y)
                },
            "x5c" => new JsonArray(Convert.ToBase64String(mine.ExportSubjectPublicKeyInfo())),
            _ => "http://127.0.0.1:9/keys",
        };

        var withoutKid = await _hub.VerifyAsync(
            Forge.Jwt(
                Forge.Header("ES256", null, (member, value.DeepClone())), _badge.Payload, i => mine.SignData(i, HashAlgorithmName.SHA256)));
        var withKid = await _hub.VerifyAsync(
            Forge.Jwt(
                Forge.Header("ES256", await KidAsync(), (member, value.DeepClone())),
                _badge.Payload,
                i => mine.SignData(i, HashAlgorithmName.SHA256)));
        var beside = await _hub.VerifyAsync(
            await _hub.SignedByAsync(
                "plymouth", _badge.Payload, header: Forge.Header("ES256", await KidAsync(), (member, value.DeepClone()))));

        AssertNo(withoutKid, "key", "notListed");
        AssertNo(withKid, "proof", "badSignature");
        Assert.Equal(Answer.Yes, beside.Authentic);
    }

    [Fact]
    public async Task Another_citys_key_does_not_sign_for_this_one()
    {
        var report = await _hub.VerifyAsync(await _hub.SignedByAsync("brighton", _badge.Payload));

        AssertNo(report, "key", "otherIssuer");
    }

    [Fact]
    public async Task Another_citys_signature_under_this_citys_kid_is_bad()
    {
        var brighton = await _hub.KeyAsync("brighton");
        var token = Forge.Jwt(
            Forge.Header("ES256", await KidAsync()),
            _badge.Payload,
            input => _hub.Signer.SignAsync(brighton, SHA256.HashData(input), Cancel).AsTask().Result);

        AssertNo(await _hub.VerifyAsync(token), "proof", "badSignature");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("https://evil.example/key")]
    [InlineData("https://hub.example/cities/plymouth/keys/00000000000000000000000000000000")]
    [InlineData("https://hub.example/cities/plymouth/keys/../../brighton/keys/1")]
    public async Task A_kid_that_the_issuer_does_not_publish_is_refused(string? kid)
    {
        var report = await _hub.VerifyAsync(await _hub.SignedByAsync("plymouth", _badge.Payload, header: Forge.Header("ES256", kid)));

        AssertNo(report, "key", "notListed");
    }

    [Fact]
    public async Task A_kid_must_be_a_text_and_the_whole_address()
    {
        var id = (await _hub.KeyAsync("plymouth")).KeyId;

        foreach (var kid in new[]
        {
            $"\"{id}\"",
            $"[\"{await KidAsync()}\"]",
            "1",
            "null",
            $"\"{await KidAsync()}#\"",
            $"\"{(await KidAsync()).ToUpperInvariant()}\""
        })
        {
            var report = await _hub.VerifyAsync(
                await _hub.SignedByAsync("plymouth", _badge.Payload, header: $$"""{"alg":"ES256","kid":{{kid}}}"""));

            AssertNo(report, "key", "notListed");
        }
    }

    [Fact]
    public async Task An_extension_that_must_be_understood_is_not()
    {
        foreach (var critical in new JsonNode[] { new JsonArray("b64"), new JsonArray(), "exp" })
        {
            var header = Forge.Header("ES256", await KidAsync(), ("crit", critical.DeepClone()), ("b64", false));

            AssertNo(await _hub.VerifyAsync(await _hub.SignedByAsync("plymouth", _badge.Payload, header: header)), "proof", "unsupported");
        }
    }

    [Fact]
    public async Task A_header_that_says_a_thing_twice_is_no_header()
    {
        var header = $$"""{"alg":"none","alg":"ES256","kid":"{{await KidAsync()}}"}""";

        Assert.NotEqual(
            Answer.Yes, (await _hub.VerifyAsync(await _hub.SignedByAsync("plymouth", _badge.Payload, header: header))).Authentic);
    }

    [Theory]
    [InlineData("00")]
    [InlineData("FF")]
    public async Task A_signature_of_all_the_same_bytes_is_bad(string hex)
    {
        // CVE-2022-21449: r = s = 0 verified.
        var signature = Enumerable.Repeat(Convert.FromHexString(hex)[0], 64).ToArray();

        AssertNo(
            await _hub.VerifyAsync(Forge.Jwt(Forge.Header("ES256", await KidAsync()), _badge.Payload, _ => signature)),
            "proof",
            "badSignature");
    }

    [Fact]
    public async Task A_signature_in_DER_is_bad()
    {
        var raw = VcJwt.Read(_badge.Jwt)!.Signature;
        var writer = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteIntegerUnsigned(raw.AsSpan(0, 32).TrimStart((byte)0));
            writer.WriteIntegerUnsigned(raw.AsSpan(32).TrimStart((byte)0));
        }

        var token = _badge.Token[..(_badge.Token.LastIndexOf('.') + 1)] + Base64Url.EncodeToString(writer.Encode());

        AssertNo(await _hub.VerifyAsync(token), "proof", "badSignature");
    }

    [Fact]
    public async Task The_published_keys_are_those_that_sign()
    {
        var documents = _hub.Get<KeyDocuments>();
        var all = JsonNode.Parse((await documents.JwksAsync(Cancel)).Body.Span)!["keys"]!.AsArray();

        Assert.Equal(4, all.Count);
        Assert.Contains(all, k => (string?)k!["kid"] == VcJwt.Read(_badge.Jwt)!.Header.KeyId);
        Assert.Equal(4, all.Select(k => (string?)k!["kid"]).Distinct().Count());
        Assert.All(all, k => Assert.Null(k!["d"]));
        Assert.Null(await documents.KeyAsync("plymouth", (await _hub.KeyAsync("brighton")).KeyId, Cancel));
        Assert.Null(await documents.KeyAsync("..", "x", Cancel));
        Assert.NotNull(await documents.DidAsync("plymouth", Cancel));
        Assert.Null(await documents.DidAsync("nowhere", Cancel));
    }

    private static void AssertNo(VerificationReport report, string check, string words)
    {
        Assert.Equal(Answer.No, report.Authentic);
        Assert.Equal($"Check.{check}.{words}", report.Checks.Single(c => c.Outcome == CheckOutcome.Fail).TextKey);
    }

    private async Task<string> KidAsync() => _hub.Urls.Key(SampleCity.Plymouth, (await _hub.KeyAsync("plymouth")).KeyId);
}
