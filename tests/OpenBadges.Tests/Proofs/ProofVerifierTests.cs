using System.Text;
using System.Text.Json.Nodes;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.OpenBadges.Tests.Keys;
using Microsoft.Extensions.Time.Testing;

namespace CitiesOfLearning.OpenBadges.Tests.Proofs;

public sealed class ProofVerifierTests
{
    private readonly SomeKeyPair _key = SomeKeys.Of(KeyKind.P256);

    [Theory]
    [InlineData("proofPurpose", "authentication", ProofOutcome.Bad)]
    [InlineData("created", "2026-11-25T09:05:01Z", ProofOutcome.Bad)]
    [InlineData("created", "2026-11-25T09:05:00Z", ProofOutcome.Good)]
    [InlineData("created", "2026-11-25T09:04:59", ProofOutcome.Good)]
    [InlineData("created", "2026-11-25T10:04:59+01:00", ProofOutcome.Good)]
    [InlineData("created", "yesterday", ProofOutcome.Malformed)]
    [InlineData("created", "2026-11-25", ProofOutcome.Malformed)]
    [InlineData("created", "2026-11-25T09:00:00.123456789Z", ProofOutcome.Good)]
    [InlineData("created", "2026-11-25T09:00:00.00000000000000000000000000000001+00:00", ProofOutcome.Good)]
    [InlineData("created", "2026-11-25T09:00:00.Z", ProofOutcome.Malformed)]
    [InlineData("expires", "2026-11-25T08:55:00Z", ProofOutcome.Bad)]
    [InlineData("expires", "2026-11-25T08:55:00.999999999Z", ProofOutcome.Good)]
    [InlineData("expires", "never", ProofOutcome.Malformed)]
    [InlineData("id", "urn:uuid:0a1b2c3d-0000-4000-8000-000000000009", ProofOutcome.Good)]
    public async Task Purpose_and_time_are_checked_even_of_what_was_signed(string member, string value, ProofOutcome outcome)
    {
        var signed = SomeProof.Signed(Cryptosuite.EcdsaJcs2019, _key, options => options[member] = value);

        Assert.Equal(outcome, (await SomeProof.VerifyAsync(signed)).Outcome);
    }

    [Theory]
    [InlineData("DataIntegrityProof", "bbs-2023")]
    [InlineData("DataIntegrityProof", "ecdsa-rdfc-2020")]
    [InlineData("DataIntegrityProof", "none")]
    [InlineData("DataIntegrityProof", null)]
    [InlineData("Ed25519Signature2020", "eddsa-rdfc-2022")]
    [InlineData("RsaSignature2018", null)]
    public async Task A_suite_that_the_hub_does_not_know_is_unsupported_and_not_bad(string type, string? cryptosuite)
    {
        var signed = SomeProof.Signed(Cryptosuite.EcdsaJcs2019, _key);
        (signed["proof"]!["type"], signed["proof"]!["cryptosuite"]) = (type, cryptosuite);
        if (cryptosuite is null)
        {
            signed["proof"]!.AsObject().Remove("cryptosuite");
        }

        Assert.Equal(ProofOutcome.Unsupported, (await SomeProof.VerifyAsync(signed)).Outcome);
    }

    [Fact]
    public async Task The_earlier_name_of_eddsa_rdfc_2022_is_understood()
    {
        var signed = SomeProof.Signed(
            Cryptosuite.EddsaRdfc2022, SomeKeys.Of(KeyKind.Ed25519), options => options["cryptosuite"] = "eddsa-2022");

        Assert.Equal(ProofOutcome.Good, (await SomeProof.VerifyAsync(signed)).Outcome);
    }

    [Theory]
    [MemberData(nameof(SomeProof.Suites), MemberType = typeof(SomeProof))]
    public async Task A_key_of_another_kind_verifies_nothing(Cryptosuite suite, KeyKind kind)
    {
        var signed = SomeProof.Signed(suite, SomeKeys.Of(kind));
        foreach (var other in SomeKeys.Kinds.Where(k => k != kind))
        {
            var document = signed.DeepClone();
            var key = SomeKeys.Of(other);
            var method = other == KeyKind.Rsa ? $"{key.DidJwk}#0" : $"{key.Did}#{key.Multibase}";
            document["issuer"]!["id"] = method[..method.IndexOf('#')];
            document["proof"]!["verificationMethod"] = method;

            Assert.Equal(ProofOutcome.Bad, (await SomeProof.VerifyAsync(document)).Outcome);
        }
    }

    [Fact]
    public async Task Somebody_elses_proof_says_nothing_about_the_issuer()
    {
        var document = SomeProof.Credential("https://elsewhere.example/issuer");

        var report = await SomeProof.VerifyAsync(SomeProof.Sign(document, Cryptosuite.EcdsaRdfc2019, _key));

        Assert.Equal(ProofOutcome.NotIssuers, report.Outcome);
        Assert.Equal((ProofOutcome.Good, false), (report.Proofs[0].Outcome, report.Proofs[0].IsIssuers));
        Assert.Null(report.VerifiedDocument);
    }

    [Theory]
    [InlineData("did:key:zNobody#zNobody")]
    [InlineData("https://elsewhere.example/keys/1")]
    public async Task A_key_that_cannot_be_had_is_unknown_and_not_bad(string method)
    {
        var signed = SomeProof.Signed(Cryptosuite.EcdsaJcs2019, _key, options => options["verificationMethod"] = method);

        Assert.Equal(ProofOutcome.UnknownKey, (await SomeProof.VerifyAsync(signed)).Outcome);
    }

    [Theory]
    [InlineData(0, ProofOutcome.Bad)]
    [InlineData(1, ProofOutcome.Good)]
    public async Task A_key_that_has_ended_signs_nothing_any_more(int secondsLeft, ProofOutcome outcome)
    {
        var signed = SomeProof.Signed(Cryptosuite.EcdsaJcs2019, _key);
        var method = new VerificationMethod("urn:key", _key.Did, _key.Public, SomeProof.Now.AddSeconds(secondsLeft));

        var report = await new ProofVerifier(new FakeTimeProvider(SomeProof.Now))
            .VerifyAsync(
                Encoding.UTF8.GetBytes(signed.ToJsonString()),
                (_, _) => ValueTask.FromResult<VerificationMethod?>(method),
                new(TestContext.Current.CancellationToken));

        Assert.Equal(outcome, report.Outcome);
    }

    [Fact]
    public async Task A_base_proof_is_for_its_holder()
    {
        var document = SomeProof.Element(SomeProof.Credential(_key.Did));
        var options = DataIntegrity.Options(Cryptosuite.EcdsaSd2023, $"{_key.Did}#{_key.Multibase}", SomeProof.Now);
        var unsigned = EcdsaSd2023.Create(document, options, ["/issuer"], new byte[32]);

        var report = await SomeProof.VerifyAsync(DataIntegrity.Secure(document, options, unsigned.ProofValue(_key.Sign(unsigned.ToSign))));

        Assert.Equal(ProofOutcome.Unsupported, report.Outcome);
    }

    [Theory]
    [InlineData("proof", """[]""")]
    [InlineData("proof", "\"z123\"")]
    [InlineData("proof", "{}")]
    [InlineData("proof", """[null]""")]
    [InlineData("issuer", "7")]
    [InlineData("issuer", """{"name":"nobody"}""")]
    public async Task A_document_that_cannot_be_read_is_malformed_and_not_bad(string member, string value)
    {
        var signed = SomeProof.Signed(Cryptosuite.EcdsaJcs2019, _key);
        signed[member] = JsonNode.Parse(value);

        Assert.Equal(ProofOutcome.Malformed, (await SomeProof.VerifyAsync(signed)).Outcome);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("""{"issuer":"a","issuer":"a"}""")]
    [InlineData("{\"issuer\":\"\\ud800\"}")]
    public async Task What_is_no_object_in_strict_JSON_is_malformed(string json) =>
        Assert.Equal(ProofOutcome.Malformed, (await SomeProof.VerifyAsync(Encoding.UTF8.GetBytes(json))).Outcome);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"type":"DataIntegrityProof","cryptosuite":"ecdsa-jcs-2019","proofPurpose":"assertionMethod"}""")]
    public async Task One_that_is_malformed_takes_nothing_from_a_good_one(string malformed)
    {
        var signed = SomeProof.Signed(Cryptosuite.EcdsaJcs2019, _key);
        signed["proof"] = new JsonArray(JsonNode.Parse(malformed), signed["proof"]!.DeepClone());

        var report = await SomeProof.VerifyAsync(signed);

        Assert.Equal(ProofOutcome.Good, report.Outcome);
        Assert.Single(report.Proofs);
    }

    [Theory]
    [InlineData("")]
    [InlineData("z")]
    [InlineData("z1")]
    [InlineData("zz0OIl")]
    [InlineData("uAAAA")]
    [InlineData("m")]
    public async Task A_proof_value_that_is_no_signature_is_bad_in_every_suite(string value)
    {
        foreach (var row in SomeProof.Suites)
        {
            var signed = SomeProof.Signed(row.Data.Item1, SomeKeys.Of(row.Data.Item2));
            signed["proof"]!["proofValue"] = value;

            Assert.Equal(ProofOutcome.Bad, (await SomeProof.VerifyAsync(signed)).Outcome);
        }
    }

    [Fact]
    public async Task More_proofs_than_anybody_needs_cost_no_work()
    {
        var signed = SomeProof.Signed(Cryptosuite.EcdsaJcs2019, _key);
        signed["proof"] = new JsonArray([.. Enumerable.Range(0, UnverifiedProof.MaxProofs + 1).Select(_ => signed["proof"]!.DeepClone())]);

        var report = await SomeProof.VerifyAsync(signed);

        Assert.Equal(ProofOutcome.Malformed, report.Outcome);
        Assert.Empty(report.Proofs);
    }
}
