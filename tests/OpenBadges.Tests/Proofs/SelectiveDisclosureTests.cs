using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.OpenBadges.Tests.Keys;
using CsCheck;

namespace CitiesOfLearning.OpenBadges.Tests.Proofs;

public sealed class SelectiveDisclosureTests
{
    private static readonly string[] OptionalParts =
        [
            "/evidence",
            "/evidence/0",
            "/evidence/1",
            "/credentialSubject/result",
            "/credentialSubject/result/1",
            "/credentialSubject/activityEndDate",
            "/evidence/1/name"
        ];

    private readonly SomeKeyPair _key = SomeKeys.Of(KeyKind.P256);

    [Fact]
    public async Task Whatever_the_holder_shows_is_good_and_no_more_than_that_is_there()
    {
        var withBaseProof = Base(SomeProof.Credential(_key.Did));

        await Gen.OneOf([.. OptionalParts.Select(Gen.Const)]).Array[0, 5].SampleAsync(
            async pointers =>
            {
                var shown = SdDerivation.Derive(withBaseProof, pointers)!;
                var text = Encoding.UTF8.GetString(shown);
                return (await SomeProof.VerifyAsync(shown)).Outcome == ProofOutcome.Good
                    && text.Contains("Photographs", StringComparison.Ordinal) == (pointers.Contains("/evidence")
                        || pointers.Contains("/evidence/0"))
                    && text.Contains("\"9.5\"", StringComparison.Ordinal) == (pointers.Contains("/credentialSubject/result")
                        || pointers.Contains("/credentialSubject/result/1"))
                    && text.Contains("2026-05-30", StringComparison.Ordinal) == pointers.Contains("/credentialSubject/activityEndDate");
            },
            iter: 100,
            threads: 1);
    }

    [Fact]
    public void What_must_be_shown_is_shown_though_nothing_is_chosen()
    {
        var document = SomeProof.Credential(_key.Did);

        var shown = JsonNode.Parse(SdDerivation.Derive(Base(document), [])!)!.AsObject();

        shown.Remove("proof");
        document.Remove("evidence");
        document["credentialSubject"]!.AsObject().Remove("result");
        document["credentialSubject"]!.AsObject().Remove("activityEndDate");
        Assert.True(JsonNode.DeepEquals(document, shown));
    }

    [Fact]
    public async Task Each_proof_has_labels_and_keys_of_its_own()
    {
        var document = SomeProof.Credential(_key.Did);

        var (one, other) = (Value(SdDerivation.Derive(Base(document), [""])!), Value(SdDerivation.Derive(Base(document), [""])!));

        Assert.Empty(one.LabelMap.Values.Intersect(other.LabelMap.Values));
        Assert.NotEqual(one.PublicKey, other.PublicKey);

        // So a statement of one credential, or its signature, cannot be put into another.
        var mixed = JsonNode.Parse(SdDerivation.Derive(Base(document), [""])!)!;
        mixed["proof"]!["proofValue"] = (one with { BaseSignature = other.BaseSignature }).Serialize();
        Assert.Equal(ProofOutcome.Bad, (await SomeProof.VerifyAsync(mixed)).Outcome);
    }

    [Fact]
    public async Task A_proof_value_that_is_put_together_otherwise_is_bad()
    {
        var shown = JsonNode.Parse(SdDerivation.Derive(Base(SomeProof.Credential(_key.Did)), ["/evidence"])!)!;
        var value = Value(Encoding.UTF8.GetBytes(shown.ToJsonString()));
        var someLabel = value.LabelMap.First();
        SdDerivedProofValue[] forged =
        [
            value with { BaseSignature = value.Signatures[0] },
            value with { PublicKey = Multikey.Encode(SomeKeys.Of(KeyKind.P256).Public) },
            value with { PublicKey = Multikey.Encode(SomeKeys.Of(KeyKind.Ed25519).Public).Append((byte)0).ToArray() },
            value with { Signatures = [.. value.Signatures.Reverse()] },
            value with { Signatures = [.. value.Signatures.Skip(1)] },
            value with { Signatures = [.. value.Signatures.SkipLast(1)] },
            value with { Signatures = [] },
            value with { Signatures = [.. value.Signatures, value.Signatures[0]] },
            value with { MandatoryIndexes = [.. value.MandatoryIndexes.Skip(1)] },
            value with { MandatoryIndexes = [.. Enumerable.Range(0, 100)], Signatures = [] },
            value with { MandatoryIndexes = [], Signatures = [.. Enumerable.Repeat(value.Signatures[0], 100)] },
            value with { LabelMap = value.LabelMap.Skip(1).ToDictionary() },
            value with { LabelMap = value.LabelMap.ToDictionary(p => p.Key, _ => someLabel.Value) },
            value with { LabelMap = value.LabelMap.Keys.Zip(value.LabelMap.Values.Reverse()).ToDictionary(p => p.First, p => p.Second) },
        ];

        foreach (var forgery in forged)
        {
            shown["proof"]!["proofValue"] = forgery.Serialize();
            Assert.Equal(ProofOutcome.Bad, (await SomeProof.VerifyAsync(shown)).Outcome);
        }

        shown["proof"]!["proofValue"] = value.Serialize();
        Assert.Equal(ProofOutcome.Good, (await SomeProof.VerifyAsync(shown)).Outcome);
    }

    [Fact]
    public async Task One_node_cannot_be_shown_as_two()
    {
        // Both statements about one evidence are signed. A map that gives two nodes the label of one would let its name and its
        // description go to different evidences.
        var document = SomeProof.Credential(_key.Did);
        document["evidence"] = JsonNode.Parse("""[{ "type": ["Evidence"], "name": "Photographs", "description": "Of each knot" }]""");
        var shown = JsonNode.Parse(SdDerivation.Derive(Base(document), ["/evidence"])!)!;
        var value = Value(Encoding.UTF8.GetBytes(shown.ToJsonString()));
        shown["evidence"] = JsonNode.Parse(
            """[{ "type": ["Evidence"], "name": "Photographs" }, { "type": ["Evidence"], "description": "Of each knot" }]""");

        foreach (var label in value.LabelMap.Values)
        {
            var labels = new Dictionary<string, string>(value.LabelMap) { [$"c14n{value.LabelMap.Count}"] = label };
            shown["proof"]!["proofValue"] = (value with { LabelMap = labels }).Serialize();
            Assert.NotEqual(ProofOutcome.Good, (await SomeProof.VerifyAsync(shown)).Outcome);
        }
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/evidence/2")]
    [InlineData("/evidence/01")]
    [InlineData("/evidence/-1")]
    [InlineData("/evidence/x")]
    [InlineData("/name/x")]
    [InlineData("evidence")]
    public void A_pointer_that_leads_nowhere_is_refused(string pointer) =>
        Assert.Throws<ArgumentException>(() => SdDerivation.Derive(Base(SomeProof.Credential(_key.Did)), [pointer]));

    [Fact]
    public void A_pointer_into_the_middle_of_a_statement_is_refused()
    {
        var document = SomeProof.Credential(_key.Did);
        document["evidence"]![0]!["name"] = JsonNode.Parse("""{ "@value": "Lluniau", "@language": "cy" }""");

        Assert.Throws<ArgumentException>(() => SdDerivation.Derive(Base(document), ["/evidence/0/name/@value"]));
    }

    [Fact]
    public void Only_a_base_proof_can_be_derived_from()
    {
        var derived = SomeProof.Signed(Cryptosuite.EcdsaSd2023, _key);
        var other = SomeProof.Signed(Cryptosuite.EcdsaRdfc2019, _key);

        Assert.Null(SdDerivation.Derive(SomeProof.Element(derived), []));
        Assert.Null(SdDerivation.Derive(SomeProof.Element(other), []));
    }

    [Fact]
    public void Whatever_the_value_it_is_read_or_refused()
    {
        var value = Value(SdDerivation.Derive(Base(SomeProof.Credential(_key.Did)), [""])!).Serialize();
        var bytes = SdCbor.Decode(value, [0xd9, 0x5d, 0x01])!;

        Assert.Null(SdDerivedProofValue.Parse(value + "A"));
        Assert.Null(SdDerivedProofValue.Parse(value[1..]));
        Assert.Null(SdBaseProofValue.Parse(value));
        Gen.OneOf(
            Gen.Byte.Array,
            Gen.Int[0, bytes.Length].Select(length => bytes[..length]),
            Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte, (at, b) => (byte[])[.. bytes[..at], b, .. bytes[(at + 1)..]]))
            .Sample(cbor =>
            {
                var text = "u" + System.Buffers.Text.Base64Url.EncodeToString([0xd9, 0x5d, 0x01, .. cbor]);
                return SdDerivedProofValue.Parse(text) is null or { BaseSignature.Length: 64, PublicKey.Length: 35 };
            });
    }

    private JsonElement Base(JsonObject document)
    {
        var unsecured = SomeProof.Element(document);
        var options = DataIntegrity.Options(Cryptosuite.EcdsaSd2023, $"{_key.Did}#{_key.Multibase}", SomeProof.Now);
        var unsigned = EcdsaSd2023.Create(unsecured, options, BadgeDisclosure.Mandatory(unsecured), RandomNumberGenerator.GetBytes(32));
        return JsonElement.Parse(DataIntegrity.Secure(unsecured, options, unsigned.ProofValue(_key.Sign(unsigned.ToSign))));
    }

    private static SdDerivedProofValue Value(byte[] shown) =>
        SdDerivedProofValue.Parse(UnverifiedProof.ReadAll(JsonElement.Parse(shown))![0].ProofValue)!;
}
