using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.Tests.Support;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace CitiesOfLearning.OpenBadges.Tests.Proofs;

/// <summary>Each value on the way, from https://www.w3.org/TR/vc-di-ecdsa/#test-vectors and https://www.w3.org/TR/vc-di-eddsa/.</summary>
public sealed class PublishedProofTests
{
    private const string Ecdsa = "vc-di-ecdsa";
    private const string Eddsa = "vc-di-eddsa";

    [Theory]
    [InlineData($"{Ecdsa}/ecdsa-jcs-2019-p256", "JCSECDSAP256", $"{Ecdsa}/unsigned.json", KeyKind.P256)]
    [InlineData($"{Ecdsa}/ecdsa-jcs-2019-p384", "JCSECDSAP384", $"{Ecdsa}/unsigned.json", KeyKind.P384)]
    [InlineData($"{Ecdsa}/ecdsa-rdfc-2019-p256", "ECDSAP256", $"{Ecdsa}/unsigned.json", KeyKind.P256)]
    [InlineData($"{Ecdsa}/ecdsa-rdfc-2019-p384", "ECDSAP384", $"{Ecdsa}/unsigned.json", KeyKind.P384)]
    [InlineData($"{Ecdsa}/ecdsa-rdfc-2019-p256/employ", "ECDSAP256", $"{Ecdsa}/employmentAuth.json", KeyKind.P256)]
    [InlineData($"{Ecdsa}/ecdsa-rdfc-2019-p384/employ", "ECDSAP384", $"{Ecdsa}/employmentAuth.json", KeyKind.P384)]
    [InlineData($"{Eddsa}/eddsa-jcs-2022", "JCS", $"{Eddsa}/unsigned.json", KeyKind.Ed25519)]
    [InlineData($"{Eddsa}/eddsa-rdfc-2022", "DataInt", $"{Eddsa}/unsigned.json", KeyKind.Ed25519)]
    [InlineData($"{Eddsa}/eddsa-rdfc-2022/employ", "DataInt", $"{Eddsa}/employmentAuth.json", KeyKind.Ed25519)]
    [InlineData($"{Eddsa}/Ed25519Signature2020", "EdSig", $"{Eddsa}/unsigned.json", KeyKind.Ed25519)]
    public void Every_value_of_a_published_signing_is_found_and_the_signature_verifies(
        string folder, string suffix, string unsigned, KeyKind kind)
    {
        var signed = Json($"{folder}/signed{suffix}.json");
        var proof = Assert.Single(UnverifiedProof.ReadAll(signed)!);
        var document = ProofJson.Without(signed, "proof");
        var options = Json($"{folder}/proofConfig{suffix}.json");

        var hashed = suffix.StartsWith("JCS", StringComparison.Ordinal)
            ? JcsProof.Hash(kind, document, options)
            : RdfcProof.Hash(kind, document, options, CredentialRdf.Newest);

        if (!folder.EndsWith("Ed25519Signature2020", StringComparison.Ordinal))
        {
            // That suite adds its context to the document first.
            Assert.True(JsonElement.DeepEquals(Json(unsigned), document));
        }

        Assert.Equal(Text($"{folder}/canonDoc{suffix}.txt"), Utf8(hashed.CanonicalDocument));
        Assert.Equal(Text($"{folder}/proofCanon{suffix}.txt"), Utf8(hashed.CanonicalProofConfig));
        Assert.Equal(Text($"{folder}/docHash{suffix}.txt"), Convert.ToHexStringLower(hashed.HashData.AsSpan(hashed.HashData.Length / 2)));
        Assert.Equal(
            Text($"{folder}/proofHash{suffix}.txt"), Convert.ToHexStringLower(hashed.HashData.AsSpan(0, hashed.HashData.Length / 2)));
        Assert.Equal(Text($"{folder}/combinedHash{suffix}.txt"), Convert.ToHexStringLower(hashed.HashData));
        Assert.Equal(Text($"{folder}/sigBTC58{suffix}.txt"), proof.ProofValue);
        Assert.Equal(Text($"{folder}/sigHex{suffix}.txt"), Convert.ToHexStringLower(Base58.Decode(proof.ProofValue.AsSpan(1))!));
        var method = SelfCertifyingDid.Read(proof.VerificationMethod)!;
        Assert.Equal(kind, method.Key.Kind);
        Assert.True(JsonElement.DeepEquals(document, proof.Suite!.Verify(SomeProof.Secured(document), proof, method.Key)!.Value));
    }

    [Theory]
    [InlineData($"{Eddsa}/eddsa-jcs-2022", "JCS")]
    [InlineData($"{Eddsa}/eddsa-rdfc-2022", "DataInt")]
    [InlineData($"{Eddsa}/eddsa-rdfc-2022/employ", "DataInt")]
    [InlineData($"{Eddsa}/Ed25519Signature2020", "EdSig")]
    public void Signing_with_the_published_key_gives_the_published_proof(string folder, string suffix)
    {
        var signed = Json($"{folder}/signed{suffix}.json");
        var document = ProofJson.Without(signed, "proof");
        var options = Json($"{folder}/proofConfig{suffix}.json");

        var hashed = suffix == "JCS"
            ? JcsProof.Hash(KeyKind.Ed25519, document, options)
            : RdfcProof.Hash(KeyKind.Ed25519, document, options, CredentialRdf.Newest);
        var proofValue = "z" + Base58.Encode(SignEd25519($"{Eddsa}/keyPair.json", hashed.HashData));

        Assert.Equal(UnverifiedProof.ReadAll(signed)![0].ProofValue, proofValue);
    }

    [Fact]
    public void The_canonicalization_of_a_P_384_proof_runs_with_SHA_384_inside()
    {
        const string Folder = $"{Ecdsa}/ecdsa-rdfc-2019-p384/employ";
        var (document, options) = (Json($"{Ecdsa}/employmentAuth.json"), Json($"{Folder}/proofConfigECDSAP384.json"));

        Assert.NotEqual(
            Text($"{Folder}/canonDocECDSAP384.txt"),
            Utf8(RdfcProof.Hash(KeyKind.P256, document, options, CredentialRdf.Newest).CanonicalDocument));
    }

    [Theory]
    [InlineData("signedProofSet1.json")]
    [InlineData("signedProofSet2.json")]
    [InlineData("signedProofChain1.json")]
    [InlineData("signedProofChain2.json")]
    public void Every_proof_of_the_published_sets_and_chains_verifies(string file)
    {
        var document = Json($"{Eddsa}/proof-set-chain/{file}");
        var (proofs, alone) = (UnverifiedProof.ReadAll(document)!, SomeProof.Secured(ProofJson.Without(document, "proof")));

        Assert.All(proofs, proof => Assert.NotNull(
            proof.Suite!.Verify(
                ProofChain.InputOf(document, alone, proof, proofs)!, proof, SelfCertifyingDid.Read(proof.VerificationMethod)!.Key)));
    }

    private static byte[] SignEd25519(string keyFile, byte[] message)
    {
        var keyPair = Json(keyFile);
        var name = keyPair.TryGetProperty("secretKeyMultibase", out _) ? "secretKeyMultibase" : "privateKeyMultibase";
        var secret = Base58.Decode(keyPair.GetProperty(name).GetString().AsSpan(1))!;
        var signature = new byte[Ed25519.SignatureSize];
        var key = new Ed25519PrivateKeyParameters(secret[2..]);
        key.Sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.Length, signature, 0);
        return signature;
    }

    private static JsonElement Json(string path) => JsonElement.Parse(File.ReadAllBytes(Corpus.At(path)));

    private static string Text(string path)
    {
        var isLines = path.Contains("anon", StringComparison.Ordinal) && !path.Contains("JCS", StringComparison.Ordinal);
        return File.ReadAllText(Corpus.At(path)).TrimEnd('\n') + (isLines ? "\n" : "");
    }

    private static string Utf8(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
