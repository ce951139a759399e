using System.Text;
using System.Text.Json;
using CitiesOfLearning.JsonLd.Canonicalization;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.OpenBadges.Tests.Proofs;

/// <summary>The two runs of ecdsa-sd-2023 that https://www.w3.org/TR/vc-di-ecdsa/#test-vectors publishes, step by step.</summary>
public sealed class PublishedSelectiveDisclosureTests
{
    private const string Root = "vc-di-ecdsa";

    public static TheoryData<string> Runs => ["employ", "prc"];

    [Theory]
    [MemberData(nameof(Runs))]
    public void The_base_proof_is_made_of_the_published_values(string run)
    {
        var (document, options, transform) = (Document(run), Sd(run, "addProofConfig"), Sd(run, "addBaseTransform"));
        List<string> pointers = [.. Strings(transform.GetProperty("mandatoryPointers"))];
        var hmacKey = Convert.FromHexString(Json("ecdsa-sd-2023/SDKeyMaterial.json").GetProperty("hmacKeyString").GetString()!);

        var groups = new StatementGroups(document, hmacKey, CredentialRdf.Newest);
        var mandatory = groups.Select(pointers).Matching;
        var toSign = EcdsaSd2023.Create(document, options, pointers, hmacKey).ToSign;

        var lines = Lines(groups.Canonical);
        Assert.Equal(
            Strings(Sd(run, "addBaseDocCanon")), Lines(CredentialRdf.Canonicalize(CredentialRdf.Newest, document, RdfHash.Sha256)));
        Assert.Equal(Strings(Sd(run, "addBaseDocHMACCanon")), lines);
        Assert.Equal(Entries(transform.GetProperty("mandatory")), mandatory.Select(i => (i, lines[i])));
        Assert.Equal(Entries(transform.GetProperty("nonMandatory")), lines.Index().Where(l => !mandatory.Contains(l.Index)));
        Assert.Equal(File.ReadAllText(At(run, "addProofConfigCanon.txt")).TrimEnd('\n') + "\n", string.Concat(Lines(
            CredentialRdf.Canonicalize(CredentialRdf.Newest, RdfcProof.ProofConfig(document, options), RdfHash.Sha256))));
        Assert.Equal(Text(Sd(run, "addHashData"), "proofHash"), Convert.ToHexStringLower(toSign.AsSpan(0, 32)));
        Assert.Equal(Text(Sd(run, "addHashData"), "mandatoryHash"), Convert.ToHexStringLower(toSign.AsSpan(32 + SdCbor.PublicKeySize)));
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void The_published_base_proof_is_read_and_written_and_its_signatures_verify(string run)
    {
        var signed = Sd(run, "addSignedSDBase");
        var (raw, recovered) = (Sd(run, "addRawBaseSignatureInfo"), Sd(run, "derivedRecoveredBaseData"));
        var proof = Assert.Single(UnverifiedProof.ReadAll(signed)!);

        var value = SdBaseProofValue.Parse(proof.ProofValue)!;

        Assert.Equal(proof.ProofValue, value.Serialize());
        Assert.Equal(Text(raw, "baseSignature"), Convert.ToHexStringLower(value.BaseSignature));
        Assert.Equal(Text(raw, "publicKey"), "z" + Base58.Encode(value.PublicKey));
        Assert.Equal(Text(recovered, "hmacKey"), Convert.ToHexStringLower(value.HmacKey));
        Assert.Equal(Strings(raw.GetProperty("signatures")), value.Signatures.Select(Convert.ToHexStringLower));
        Assert.Equal(Strings(recovered.GetProperty("mandatoryPointers")), value.MandatoryPointers);

        var lines = Entries(Sd(run, "addBaseTransform").GetProperty("nonMandatory")).Select(e => Encoding.UTF8.GetBytes(e.Line));
        var hashes = Sd(run, "addHashData");
        Assert.All(lines.Zip(value.Signatures), pair => Assert.True(Multikey.Decode(value.PublicKey)!.Verifies(pair.First, pair.Second)));
        byte[][] hashed = [Convert.FromHexString(Text(hashes, "proofHash")), Convert.FromHexString(Text(hashes, "mandatoryHash"))];
        Assert.True(SelfCertifyingDid.Read(proof.VerificationMethod)!.Key.Verifies(
            [.. hashed[0], .. value.PublicKey, .. hashed[1]], value.BaseSignature));
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void The_published_derived_document_is_derived_byte_for_byte_in_its_proof_and_verifies(string run)
    {
        var selective = Strings(Json(run == "employ" ? "employSelective.json" : "prCredSelective.json")).ToList();
        var signed = Sd(run, "addSignedSDBase");
        var value = SdBaseProofValue.Parse(UnverifiedProof.ReadAll(signed)![0].ProofValue)!;

        var groups = new StatementGroups(Document(run), value.HmacKey, CredentialRdf.Newest);
        var combined = groups.Select([.. value.MandatoryPointers, .. selective]).Matching;
        var (derived, reveal) = SdDerivation.Disclose(Document(run), value, selective);
        var shown = JsonElement.Parse(SdDerivation.Derive(signed, selective)!);

        var indexes = Sd(run, "derivedGroupIndexes");
        Assert.Equal(Numbers(indexes, "combinedIndexes"), combined);
        Assert.Equal(Numbers(indexes, "mandatoryIndexes"), groups.Select(value.MandatoryPointers).Matching);
        Assert.Equal(Numbers(indexes, "selectiveIndexes"), groups.Select(selective).Matching);
        Assert.Equal(Numbers(Sd(run, "derivedAdjMandatoryIndexes"), "adjMandatoryIndexes"), derived.MandatoryIndexes);
        Assert.Equal(
            Strings(Sd(run, "derivedAdjSignatures").GetProperty("filteredSignatures")),
            derived.Signatures.Select(Convert.ToHexStringLower));
        Assert.Equal(
            Sd(run, "derivedDisclosureData")
                .GetProperty("labelMap")
                .GetProperty("value")
                .EnumerateArray()
                .Select(e => (e[0].GetString()!, e[1].GetString()!)),
            derived.LabelMap.OrderBy(p => p.Key).Select(p => (p.Key, p.Value)));
        Assert.True(JsonElement.DeepEquals(Sd(run, "derivedUnsignedReveal"), reveal));
        Assert.True(JsonElement.DeepEquals(Sd(run, "derivedRevealDocument"), shown));
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void The_published_derived_proof_is_read_and_verifies(string run)
    {
        var shown = Sd(run, "derivedRevealDocument");
        var proof = Assert.Single(UnverifiedProof.ReadAll(shown)!);
        var document = ProofJson.Without(shown, "proof");

        var value = SdDerivedProofValue.Parse(proof.ProofValue)!;
        var canonical = Rdfc10.Canonicalize(CredentialRdf.Newest.ToRdf(document), relabel: label => value.LabelMap[label]);

        Assert.Equal(proof.ProofValue, value.Serialize());
        Assert.Equal(Strings(Sd(run, "verifyNQuads")), Lines(canonical));
        Assert.Equal(
            Strings(Sd(run, "verifyCreateVerifyData").GetProperty("nonMandatory")),
            Lines(canonical).Where((_, i) => !value.MandatoryIndexes.Contains(i)));
        Assert.NotNull(Cryptosuite.EcdsaSd2023.Verify(
            SomeProof.Secured(document), proof, SelfCertifyingDid.Read(proof.VerificationMethod)!.Key));
        Assert.False(JsonElement.DeepEquals(Document(run), document));
    }

    /// <summary>What was signed; the published prCredUnsigned.json has another description.</summary>
    private static JsonElement Document(string run) => ProofJson.Without(Sd(run, "addSignedSDBase"), "proof");

    private static List<string> Lines(CanonicalDataset dataset) =>
        [.. Enumerable.Range(0, dataset.Count).Select(i => Encoding.UTF8.GetString(dataset.Line(i).Span))];

    private static IEnumerable<(int Index, string Line)> Entries(JsonElement map) =>
        map.GetProperty("value").EnumerateArray().Select(e => (e[0].GetInt32(), e[1].GetString()!));

    private static IEnumerable<int> Numbers(JsonElement parent, string name) =>
        parent.GetProperty(name).EnumerateArray().Select(n => n.GetInt32());

    private static IEnumerable<string> Strings(JsonElement array) => array.EnumerateArray().Select(s => s.GetString()!);

    private static string Text(JsonElement parent, string name) => parent.GetProperty(name).GetString()!;

    private static JsonElement Sd(string run, string file) => JsonElement.Parse(File.ReadAllBytes(At(run, $"{file}.json")));

    private static string At(string run, string file) => Corpus.At($"{Root}/ecdsa-sd-2023/{run}/{file}");

    private static JsonElement Json(string file) => JsonElement.Parse(File.ReadAllBytes(Corpus.At($"{Root}/{file}")));
}
