using System.Security.Cryptography;
using System.Text.Json;
using CitiesOfLearning.JsonLd;
using CitiesOfLearning.JsonLd.Canonicalization;
using CitiesOfLearning.OpenBadges.Keys;

namespace CitiesOfLearning.OpenBadges.Proofs;

/// <summary>
/// ecdsa-sd-2023 (https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-sd-2023): ECDSA P-256 with SHA-256 over canonical RDF, from which the holder can
/// leave statements out. The issuer's key signs once, what must be shown and a public key; the key pair behind that signs every other
/// statement and is gone. <see cref="SdDerivation"/> leaves out.
/// </summary>
internal sealed class EcdsaSd2023() : SigningCryptosuite("ecdsa-sd-2023", KeyKind.P256)
{
    /// <summary>Create Base Proof (#create-base-proof-ecdsa-sd-2023) as far as the issuer's signature.</summary>
    /// <param name="hmacKey">32 random bytes, for this proof only.</param>
    public static UnsignedProof Create(
        JsonElement unsecuredDocument,
        JsonElement proofOptions,
        IReadOnlyList<string> mandatoryPointers,
        byte[] hmacKey)
    {
        // Base Proof Transformation (#base-proof-transformation-ecdsa-sd-2023).
        var groups = new StatementGroups(unsecuredDocument, hmacKey, CredentialRdf.Newest);
        var mandatory = groups.Select(mandatoryPointers).Matching;
        var (mandatoryLines, others) = Separate(groups.Canonical, mandatory.Contains);

        // Base Proof Hashing (#base-proof-hashing-ecdsa-sd-2023).
        var proofHash = ProofHash(unsecuredDocument, proofOptions, CredentialRdf.Newest);
        var mandatoryHash = MandatoryHash(mandatoryLines);

        // Base Proof Serialization (#base-proof-serialization-ecdsa-sd-2023), 2. to 5.
        using var proofScopedKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        List<byte[]> signatures = [.. others.Select(line => proofScopedKey.SignData(line.Span, HashAlgorithmName.SHA256))];
        var point = proofScopedKey.ExportParameters(includePrivateParameters: false).Q;
        var publicKey = Multikey.Encode(EcKey.FromCoordinates(KeyKind.P256, point.X, point.Y)!);
        return new UnsignedProof(
            SignData(proofHash, publicKey, mandatoryHash),
            baseSignature => new SdBaseProofValue(baseSignature, publicKey, hmacKey, signatures, mandatoryPointers).Serialize());
    }

    internal override UnsignedProof Prepare(JsonElement credential, JsonElement options) =>
        Create(credential, options, BadgeDisclosure.Mandatory(credential), RandomNumberGenerator.GetBytes(SdCbor.HashSize));

    /// <summary>Verify Derived Proof (#verify-derived-proof-ecdsa-sd-2023).</summary>
    private protected override JsonElement? VerifyProof(SecuredDocument input, UnverifiedProof proof, VerificationKey key) =>
        SdDerivedProofValue.Parse(proof.ProofValue) is { } value
        && input.UnderAnyEdition(edition => Verifies(edition, proof, value, key, input.Budget))
            ? input.Document
            : null;

    private static bool Verifies(
        SecuredDocument.Edition edition,
        UnverifiedProof proof,
        SdDerivedProofValue value,
        VerificationKey key,
        WorkBudget budget)
    {
        // 2. createVerifyData (#createverifydata).
        var proofHash = edition.ConfigHash(ProofJson.Without(proof.Json, "proofValue"), HashAlgorithmName.SHA256);
        var canonical = edition.Relabelled(
            label => value.LabelMap.TryGetValue(label, out var signed)
                ? signed
                : throw new JsonLdException(CanonicalDataset.AmbiguousLabels, "", "a blank node has no label in the proof"));
        var mandatoryIndexes = value.MandatoryIndexes.ToHashSet();
        var (mandatory, others) = Separate(canonical, mandatoryIndexes.Contains);

        // 3. Each statement that is not mandatory has its signature.
        if (value.Signatures.Count != others.Count)
        {
            return false;
        }

        // 4. to 7. The issuer signed what is mandatory, and the key that signed the rest. Only then is that key worth any work.
        var toVerify = SignData(proofHash, value.PublicKey, MandatoryHash(mandatory));
        if (Multikey.Decode(value.PublicKey) is not { Kind: KeyKind.P256 } proofScopedKey || !key.Verifies(toVerify, value.BaseSignature))
        {
            return false;
        }

        // 8.
        return others.Zip(value.Signatures).All(pair =>
        {
            budget.Look();
            return proofScopedKey.Verifies(pair.First.Span, pair.Second);
        });
    }

    private static (List<ReadOnlyMemory<byte>> Mandatory, List<ReadOnlyMemory<byte>> Others) Separate(
        CanonicalDataset canonical, Func<int, bool> isMandatory)
    {
        var (mandatory, others) = (new List<ReadOnlyMemory<byte>>(), new List<ReadOnlyMemory<byte>>());
        for (var i = 0; i < canonical.Count; i++)
        {
            (isMandatory(i) ? mandatory : others).Add(canonical.Line(i));
        }

        return (mandatory, others);
    }

    private static byte[] ProofHash(JsonElement unsecuredDocument, JsonElement proofOptions, JsonLdProcessor processor) =>
        SHA256.HashData(
            CredentialRdf.Canonicalize(processor, RdfcProof.ProofConfig(unsecuredDocument, proofOptions), RdfHash.Sha256).NQuads.Span);

    /// <summary>hashMandatoryNQuads (#hashmandatorynquads).</summary>
    private static byte[] MandatoryHash(List<ReadOnlyMemory<byte>> mandatory)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        mandatory.ForEach(line => hash.AppendData(line.Span));
        return hash.GetHashAndReset();
    }

    /// <summary>serializeSignData (#serializesigndata).</summary>
    private static byte[] SignData(byte[] proofHash, byte[] publicKey, byte[] mandatoryHash) =>
        [.. proofHash, .. publicKey, .. mandatoryHash];
}
