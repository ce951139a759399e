using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.JsonLd;
using CitiesOfLearning.OpenBadges.Jwt;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.OpenBadges.Status;
using CitiesOfLearning.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace CitiesOfLearning.Hub.Tests.Signing;

/// <summary>The hub's own badges with embedded proofs.</summary>
public sealed class DataIntegrityTests
{
    private static readonly HubUrls Urls = new("https://hub.example");
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly OneKey _signer = new();

    [Fact]
    public async Task A_badge_is_signed_with_one_call_and_verifies_as_the_city_s()
    {
        var signed = await SignAsync(Cryptosuite.EcdsaRdfc2019);

        var report = await VerifyAsync(signed);

        Assert.Equal((ProofOutcome.Good, ""), (report.Outcome, report.Reason));
        Assert.True(
            JsonElement.DeepEquals(VcJwt.WithoutClaims(JsonElement.Parse(SomeCredential.Payload())), report.VerifiedDocument!.Value));
        Assert.Equal(1, _signer.Calls);
        var proof = JsonNode.Parse(signed)!["proof"]!;
        Assert.Equal("ecdsa-rdfc-2019", proof["cryptosuite"]!.GetValue<string>());
        Assert.Equal("2026-11-23T12:00:00Z", proof["created"]!.GetValue<string>());
        Assert.Equal($"https://hub.example/cities/plymouth#{_signer.Key.Multikey}", proof["verificationMethod"]!.GetValue<string>());
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
        var expected = JsonObject.Create(VcJwt.WithoutClaims(JsonElement.Parse(SomeCredential.Payload())))!;
        expected["evidence"]!.AsArray().RemoveAt(1);
        expected["credentialSubject"]!.AsObject().Remove("result");
        expected["credentialSubject"]!.AsObject().Remove("activityEndDate");
        Assert.True(JsonNode.DeepEquals(expected, document));
    }

    [Fact]
    public async Task A_word_that_no_context_defines_is_not_signed()
    {
        var payload = JsonNode.Parse(SomeCredential.Payload())!;
        payload["credentialSubject"]!["undefinedTerm"] = "means nothing";
        var credential = CheckedCredential.Badge(
            JsonSerializer.SerializeToUtf8Bytes(payload), SampleCity.Plymouth, SomeCredential.AwardId, Urls);

        var refusal = await Assert.ThrowsAsync<JsonLdException>(() =>
            CredentialSigning.ProofAsync(credential, Cryptosuite.EcdsaRdfc2019, _signer, Urls, Now, TestContext.Current.CancellationToken));

        Assert.Equal(JsonLdErrors.WouldBeDropped, refusal.Code);
        Assert.Equal(0, _signer.Calls);
    }

    [Fact]
    public async Task A_status_list_can_carry_a_proof_too()
    {
        var list = CheckedCredential.StatusList(StatusListPayload(), SampleCity.Plymouth, StatusPurposes.Revocation, 1, Urls);

        var signed = await CredentialSigning.ProofAsync(
            list, Cryptosuite.EcdsaRdfc2019, _signer, Urls, Now, TestContext.Current.CancellationToken);

        Assert.Equal(ProofOutcome.Good, (await VerifyAsync(signed)).Outcome);
    }

    private Task<byte[]> SignAsync(SigningCryptosuite suite) => CredentialSigning.ProofAsync(
        CheckedCredential.Badge(SomeCredential.Payload(), SampleCity.Plymouth, SomeCredential.AwardId, Urls),
        suite,
        _signer,
        Urls,
        Now,
        TestContext.Current.CancellationToken);

    private ValueTask<ProofReport> VerifyAsync(byte[] signed) => new ProofVerifier(new FakeTimeProvider(Now)).VerifyAsync(
        signed,
        (url, _) => ValueTask.FromResult(url == Urls.VerificationMethod(SampleCity.Plymouth, _signer.Key.Multikey, IssuerScheme.Https)
            ? new VerificationMethod(url, Urls.City(SampleCity.Plymouth), _signer.Key.VerificationKey)
            : null),
        new(TestContext.Current.CancellationToken));

    private static byte[] StatusListPayload() => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2"),
        ["id"] = Urls.StatusList(SampleCity.Plymouth, StatusPurposes.Revocation, 1),
        ["type"] = new JsonArray("VerifiableCredential", "BitstringStatusListCredential"),
        ["issuer"] = Urls.City(SampleCity.Plymouth),
        ["validFrom"] = "2026-11-23T12:00:00Z",
        ["validUntil"] = "2026-11-26T12:00:00Z",
        ["credentialSubject"] = new JsonObject
        {
            ["id"] = Urls.StatusList(SampleCity.Plymouth, StatusPurposes.Revocation, 1) + "#list",
            ["type"] = "BitstringStatusList",
            ["statusPurpose"] = StatusPurposes.Revocation,
            ["encodedList"] = new StatusListBits().Encode(),
        },
        ["iss"] = Urls.City(SampleCity.Plymouth),
        ["jti"] = Urls.StatusList(SampleCity.Plymouth, StatusPurposes.Revocation, 1),
        ["nbf"] = Now.ToUnixTimeSeconds(),
        ["exp"] = Now.AddDays(3).ToUnixTimeSeconds(),
        ["sub"] = Urls.StatusList(SampleCity.Plymouth, StatusPurposes.Revocation, 1) + "#list",
    });

    private sealed class OneKey : ICredentialSigner
    {
        private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        public OneKey() =>
            Key = new SigningKey(SampleCity.Plymouth, "k1", SigningAlgorithm.ES256, _key.ExportSubjectPublicKeyInfo(), Now, null);

        public SigningKey Key { get; }

        public int Calls { get; private set; }

        public ValueTask<SigningKey> CurrentKeyAsync(CityId city, SigningAlgorithm algorithm, CancellationToken cancellationToken) =>
            city == SampleCity.Plymouth && algorithm == SigningAlgorithm.ES256
                ? ValueTask.FromResult(Key)
                : throw new InvalidOperationException();

        public ValueTask<IReadOnlyList<SigningKey>> KeysAsync(CityId city, CancellationToken cancellationToken) =>
            ValueTask.FromResult<IReadOnlyList<SigningKey>>([Key]);

        public ValueTask<byte[]> SignAsync(SigningKey key, ReadOnlyMemory<byte> digest, CancellationToken cancellationToken)
        {
            Calls++;
            return ValueTask.FromResult(_key.SignHash(digest.Span));
        }
    }
}
