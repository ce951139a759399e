using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Credentials;
using CitiesOfLearning.Hub.Credentials.Keys;
using CitiesOfLearning.Hub.Credentials.Proofs;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.Hub.Tests.Signing;
using CitiesOfLearning.JsonLd;
using Microsoft.Extensions.Time.Testing;

namespace CitiesOfLearning.Hub.Tests.Credentials.Proofs;

/// <summary>The hub's own badges with embedded proofs.</summary>
public sealed class DataIntegrityTests
{
    private static readonly HubUrls Urls = new("https://hub.example");
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly OneKey _signer = new();

    [Theory]
    [InlineData(Cryptosuite.EcdsaRdfc2019, "ecdsa-rdfc-2019")]
    [InlineData(Cryptosuite.EcdsaJcs2019, "ecdsa-jcs-2019")]
    public async Task A_badge_is_signed_with_one_call_and_verifies_as_the_city_s(Cryptosuite suite, string name)
    {
        var signed = await SignAsync(suite);

        var report = await VerifyAsync(signed);

        Assert.Equal((ProofOutcome.Good, ""), (report.Outcome, report.Reason));
        Assert.True(JsonElement.DeepEquals(ProofJson.Without(JsonElement.Parse(SomeCredential.Payload()), VcJwt.Claims), report.VerifiedDocument!.Value));
        Assert.Equal(1, _signer.Calls);
        var proof = JsonNode.Parse(signed)!["proof"]!;
        Assert.Equal(name, proof["cryptosuite"]!.GetValue<string>());
        Assert.Equal("2026-11-23T12:00:00Z", proof["created"]!.GetValue<string>());
        Assert.Equal("https://hub.example/cities/plymouth#k1", proof["verificationMethod"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_badge_for_selective_disclosure_costs_one_call_and_shows_evidence_and_results_only_if_the_holder_wants()
    {
        var withBaseProof = JsonElement.Parse(await SignAsync(Cryptosuite.EcdsaSd2023));
        Assert.Equal(1, _signer.Calls);

        var (all, part) = (SdDerivation.Derive(withBaseProof, [""])!, SdDerivation.Derive(withBaseProof, ["/evidence/0"])!);

        Assert.Equal((ProofOutcome.Good, ProofOutcome.Good), ((await VerifyAsync(all)).Outcome, (await VerifyAsync(part)).Outcome));
        var document = JsonNode.Parse(part)!.AsObject();
        document.Remove("proof");
        var expected = JsonObject.Create(ProofJson.Without(JsonElement.Parse(SomeCredential.Payload()), VcJwt.Claims))!;
        expected["evidence"]!.AsArray().RemoveAt(1);
        expected["credentialSubject"]!.AsObject().Remove("result");
        expected["credentialSubject"]!.AsObject().Remove("activityEndDate");
        Assert.True(JsonNode.DeepEquals(expected, document));
    }

    [Theory]
    [InlineData(Cryptosuite.EddsaRdfc2022)]
    [InlineData(Cryptosuite.EddsaJcs2022)]
    [InlineData(Cryptosuite.Ed25519Signature2020)]
    public async Task What_no_vault_can_sign_is_not_made(Cryptosuite suite) => await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => SignAsync(suite));

    [Fact]
    public async Task A_word_that_no_context_defines_is_not_signed()
    {
        var payload = JsonNode.Parse(SomeCredential.Payload())!;
        payload["credentialSubject"]!["undefinedTerm"] = "means nothing";
        var credential = CheckedCredential.Badge(JsonSerializer.SerializeToUtf8Bytes(payload), "plymouth", SomeCredential.AwardId, Urls);

        var refusal = await Assert.ThrowsAsync<JsonLdException>(() =>
            DataIntegrity.SignAsync(credential, Cryptosuite.EcdsaRdfc2019, _signer, Urls, Now, TestContext.Current.CancellationToken));

        Assert.Equal(JsonLdErrors.WouldBeDropped, refusal.Code);
        Assert.Equal(0, _signer.Calls);
    }

    [Fact]
    public async Task A_status_list_can_carry_a_proof_too()
    {
        var list = CheckedCredential.StatusList(StatusListPayload(), "plymouth", StatusPurposes.Revocation, 1, Urls);

        var signed = await DataIntegrity.SignAsync(list, Cryptosuite.EcdsaRdfc2019, _signer, Urls, Now, TestContext.Current.CancellationToken);

        Assert.Equal(ProofOutcome.Good, (await VerifyAsync(signed)).Outcome);
    }

    private Task<byte[]> SignAsync(Cryptosuite suite) => DataIntegrity.SignAsync(
        CheckedCredential.Badge(SomeCredential.Payload(), "plymouth", SomeCredential.AwardId, Urls), suite, _signer, Urls, Now, TestContext.Current.CancellationToken);

    private ValueTask<ProofReport> VerifyAsync(byte[] signed) => new ProofVerifier(new FakeTimeProvider(Now)).VerifyAsync(
        signed,
        (url, _) => ValueTask.FromResult<VerificationMethod?>(url == Urls.VerificationMethod("plymouth", "k1") ? new VerificationMethod(url, Urls.City("plymouth"), VerificationKey.Of(_signer.Key)) : null),
        TestContext.Current.CancellationToken);

    private static byte[] StatusListPayload() => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2"),
        ["id"] = Urls.StatusList("plymouth", StatusPurposes.Revocation, 1),
        ["type"] = new JsonArray("VerifiableCredential", "BitstringStatusListCredential"),
        ["issuer"] = Urls.City("plymouth"),
        ["validFrom"] = "2026-11-23T12:00:00Z",
        ["validUntil"] = "2026-11-26T12:00:00Z",
        ["credentialSubject"] = new JsonObject
        {
            ["id"] = Urls.StatusList("plymouth", StatusPurposes.Revocation, 1) + "#list",
            ["type"] = "BitstringStatusList",
            ["statusPurpose"] = StatusPurposes.Revocation,
            ["encodedList"] = new StatusListBits().Encode(),
        },
        ["iss"] = Urls.City("plymouth"),
        ["jti"] = Urls.StatusList("plymouth", StatusPurposes.Revocation, 1),
        ["nbf"] = Now.ToUnixTimeSeconds(),
        ["exp"] = Now.AddDays(3).ToUnixTimeSeconds(),
        ["sub"] = Urls.StatusList("plymouth", StatusPurposes.Revocation, 1) + "#list",
    });

    private sealed class OneKey : ICredentialSigner
    {
        private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        public OneKey() => Key = new SigningKey("plymouth", "k1", SigningAlgorithm.ES256, _key.ExportSubjectPublicKeyInfo(), Now, null);

        public SigningKey Key { get; }

        public int Calls { get; private set; }

        public ValueTask<SigningKey> CurrentKeyAsync(string city, SigningAlgorithm algorithm, CancellationToken cancellationToken) =>
            city == "plymouth" && algorithm == SigningAlgorithm.ES256 ? ValueTask.FromResult(Key) : throw new InvalidOperationException();

        public ValueTask<IReadOnlyList<SigningKey>> KeysAsync(string city, CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<SigningKey>>([Key]);

        public ValueTask<byte[]> SignAsync(SigningKey key, ReadOnlyMemory<byte> digest, CancellationToken cancellationToken)
        {
            Calls++;
            return ValueTask.FromResult(_key.SignHash(digest.Span));
        }
    }
}
