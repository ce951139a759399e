using System.Text.Json;
using System.Text.Json.Nodes;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.OpenBadges.Tests.Keys;

namespace CitiesOfLearning.OpenBadges.Tests.Proofs;

/// <summary>Other spellings of what was signed, and graphs that cost too much. Security row 25 (JSON-LD).</summary>
public sealed class HostileProofTests
{
    private const string Status = "https://www.w3.org/2018/credentials#credentialStatus";

    private readonly SomeKeyPair _key = SomeKeys.Of(KeyKind.P256);

    [Fact]
    public async Task A_status_that_is_spelt_as_an_address_hides_nothing()
    {
        // The same statements, so the signature holds; but whoever reads the JSON would see no status.
        var signed = SomeProof.Signed(Cryptosuite.EcdsaRdfc2019, _key);
        signed[Status] = signed["credentialStatus"]!.DeepClone();
        signed.Remove("credentialStatus");

        Assert.True(SignatureHolds(signed));
        Assert.Equal(ProofOutcome.Unsupported, (await SomeProof.VerifyAsync(signed)).Outcome);
    }

    [Fact]
    public async Task A_context_in_the_document_renames_nothing()
    {
        var signed = SomeProof.Signed(Cryptosuite.EcdsaRdfc2019, _key);
        signed["@context"]!.AsArray().Add(new JsonObject { ["looks"] = new JsonObject { ["@id"] = Status, ["@type"] = "@id" } });
        signed["looks"] = signed["credentialStatus"]!.DeepClone();
        signed.Remove("credentialStatus");

        Assert.True(SignatureHolds(signed));
        Assert.Equal(ProofOutcome.Unsupported, (await SomeProof.VerifyAsync(signed)).Outcome);
    }

    [Fact]
    public async Task The_name_of_a_class_does_not_stand_for_a_property()
    {
        var signed = SomeProof.Signed(Cryptosuite.EcdsaRdfc2019, _key);
        var achievement = signed["credentialSubject"]!["achievement"]!.AsObject();
        achievement["Criteria"] = achievement["criteria"]!.DeepClone();
        achievement.Remove("criteria");

        Assert.True(SignatureHolds(signed));
        Assert.Equal(ProofOutcome.Unsupported, (await SomeProof.VerifyAsync(signed)).Outcome);
    }

    [Fact]
    public async Task An_issuer_may_spell_its_own_words_as_it_likes()
    {
        var document = SomeProof.Credential(_key.Did);
        document["@context"]!.AsArray().Add("https://www.w3.org/ns/credentials/undefined-terms/v2");
        document["credentialSubject"]!["HouseOfLearning"] = "Quayside";

        Assert.Equal(ProofOutcome.Good, (await SomeProof.VerifyAsync(SomeProof.Sign(document, Cryptosuite.EcdsaRdfc2019, _key))).Outcome);
    }

    [Theory]
    [InlineData("/", "@graph")]
    [InlineData("/", "@included")]
    [InlineData("/issuer", "@id")]
    [InlineData("/credentialSubject", "@nest")]
    [InlineData("/credentialSubject/achievement", "@reverse")]
    [InlineData("/credentialSubject/achievement/criteria", "@context")]
    [InlineData("/evidence/0", "cred:issuer")]
    [InlineData("/proof", "@type")]
    public async Task Keywords_and_addresses_have_no_place_in_a_credential(string where, string member)
    {
        var signed = SomeProof.Signed(Cryptosuite.EcdsaRdfc2019, _key);
        JsonNode node = signed;
        foreach (var step in where.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            node = node is JsonArray items ? items[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : node[step]!;
        }

        node[member] = new JsonObject();

        Assert.Equal(ProofOutcome.Unsupported, (await SomeProof.VerifyAsync(signed)).Outcome);
    }

    [Theory]
    [InlineData("/credentialSubject")]
    [InlineData("/credentialSubject/achievement/criteria")]
    [InlineData("/evidence/0")]
    public async Task Only_a_credential_within_has_a_context_of_its_own(string where)
    {
        var signed = SomeProof.Signed(Cryptosuite.EcdsaRdfc2019, _key);
        JsonNode node = signed;
        foreach (var step in where.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            node = node is JsonArray items ? items[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : node[step]!;
        }

        node["@context"] = signed["@context"]!.DeepClone();

        Assert.Equal(ProofOutcome.Unsupported, (await SomeProof.VerifyAsync(signed)).Outcome);
    }

    [Fact]
    public async Task A_text_may_say_its_language()
    {
        var document = SomeProof.Credential(_key.Did);
        document["name"] = JsonNode.Parse("""{ "@value": "Clymu", "@language": "cy" }""");

        Assert.Equal(ProofOutcome.Good, (await SomeProof.VerifyAsync(SomeProof.Sign(document, Cryptosuite.EcdsaRdfc2019, _key))).Outcome);

        document["name"]!["@id"] = "https://evil.example/";
        Assert.False(CompactedForm.Is(SomeProof.Element(document)));
    }

    [Fact]
    public async Task A_context_that_the_hub_does_not_know_is_unsupported_and_not_fetched()
    {
        var signed = SomeProof.Signed(Cryptosuite.EcdsaRdfc2019, _key);
        signed["@context"]!.AsArray().Add("https://evil.example/context");

        Assert.Equal(ProofOutcome.Unsupported, (await SomeProof.VerifyAsync(signed)).Outcome);
    }

    [Fact]
    public async Task The_words_of_a_proof_over_statements_are_the_documents_whatever_context_the_proof_claims()
    {
        var signed = SomeProof.Signed(Cryptosuite.EcdsaRdfc2019, _key);
        signed["proof"]!["@context"] = "https://evil.example/context";

        Assert.Equal(ProofOutcome.Good, (await SomeProof.VerifyAsync(signed)).Outcome);
    }

    [Fact]
    public async Task A_term_that_no_context_defines_would_be_left_out_of_what_is_signed_and_is_bad()
    {
        var signed = SomeProof.Signed(Cryptosuite.EcdsaRdfc2019, _key);
        signed["credentialSubject"]!["undefinedTerm"] = "Prime minister";

        Assert.Equal(ProofOutcome.Bad, (await SomeProof.VerifyAsync(signed)).Outcome);
    }

    [Fact]
    public async Task A_context_that_was_added_to_canonical_JSON_is_not_in_the_verified_document()
    {
        var signed = SomeProof.Signed(Cryptosuite.EcdsaJcs2019, _key);
        signed["@context"]!.AsArray().Add("https://example.org/more");

        var report = await SomeProof.VerifyAsync(signed);

        Assert.Equal(ProofOutcome.Good, report.Outcome);
        Assert.Equal(2, report.VerifiedDocument!.Value.GetProperty("@context").GetArrayLength());
    }

    [Theory]
    [InlineData("""["https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", "https://www.w3.org/ns/credentials/v2"]""")]
    [InlineData("""["https://www.w3.org/ns/credentials/v2"]""")]
    [InlineData("\"https://www.w3.org/ns/credentials/v2\"")]
    public async Task Contexts_that_do_not_begin_with_those_that_were_signed_are_bad(string contexts)
    {
        var signed = SomeProof.Signed(Cryptosuite.EcdsaJcs2019, _key);
        signed["@context"] = JsonNode.Parse(contexts);

        Assert.Equal(ProofOutcome.Bad, (await SomeProof.VerifyAsync(signed)).Outcome);
    }

    [Fact]
    public async Task A_poison_graph_is_refused()
    {
        // Ten organisations, each of which has all ten as its parents.
        var signed = SomeProof.Signed(Cryptosuite.EcdsaRdfc2019, _key);
        signed["issuer"]!["parentOrg"] = new JsonArray([.. Enumerable.Range(0, 10).Select(i => new JsonObject
        {
            ["id"] = $"_:e{i}",
            ["type"] = new JsonArray("Profile"),
            ["parentOrg"] = new JsonArray([.. Enumerable.Range(0, 10).Select(j => new JsonObject { ["id"] = $"_:e{j}" })]),
        })]);

        var report = await SomeProof.VerifyAsync(signed);

        Assert.Equal(
            (ProofOutcome.Unsupported, "The document uses a context that the hub does not know, or asks for too much work."),
            (report.Outcome, report.Reason));
    }

    private bool SignatureHolds(JsonObject signed)
    {
        var document = JsonSerializer.SerializeToElement(signed);
        var proof = UnverifiedProof.ReadAll(document)![0];
        return proof.Suite!.Verify(SomeProof.Secured(ProofJson.Without(document, "proof")), proof, _key.Public) is not null;
    }
}
