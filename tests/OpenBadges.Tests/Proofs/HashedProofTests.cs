using System.Security.Cryptography;
using CitiesOfLearning.JsonLd.Canonicalization;
using CitiesOfLearning.JsonLd.Jcs;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;

namespace CitiesOfLearning.OpenBadges.Tests.Proofs;

public sealed class HashedProofTests
{
    [Theory]
    [InlineData(KeyKind.P256, RdfHash.Sha256)]
    [InlineData(KeyKind.Ed25519, RdfHash.Sha256)]
    [InlineData(KeyKind.P384, RdfHash.Sha384)]
    public void Statements_are_canonicalized_and_hashed_with_the_keys_own_hash(KeyKind kind, RdfHash hash)
    {
        var document = SomeProof.Element(SomeProof.Credential("urn:issuer"));
        var options = DataIntegrity.Options(Cryptosuite.EcdsaRdfc2019, "urn:key", SomeProof.Now);

        var hashed = RdfcProof.Hash(kind, document, options, CredentialRdf.Newest);

        var quads = CredentialRdf.Newest.ToRdf(document);
        var other = hash == RdfHash.Sha256 ? RdfHash.Sha384 : RdfHash.Sha256;
        Assert.True(Rdfc10.Canonicalize(quads, hash).NQuads.Span.SequenceEqual(hashed.CanonicalDocument.Span));
        Assert.False(Rdfc10.Canonicalize(quads, other).NQuads.Span.SequenceEqual(hashed.CanonicalDocument.Span));
        Assert.Equal([.. Hash(kind, hashed.CanonicalProofConfig.Span), .. Hash(kind, hashed.CanonicalDocument.Span)], hashed.HashData);
    }

    [Theory]
    [InlineData(KeyKind.P256)]
    [InlineData(KeyKind.Ed25519)]
    [InlineData(KeyKind.P384)]
    public void Canonical_JSON_is_hashed_with_the_keys_own_hash(KeyKind kind)
    {
        var document = SomeProof.Element(SomeProof.Credential("urn:issuer"));
        var config = DataIntegrity.Options(Cryptosuite.EcdsaJcs2019, "urn:key", SomeProof.Now);

        var hashed = JcsProof.Hash(kind, document, config);

        Assert.Equal(
            [.. Hash(kind, JsonCanonicalizer.Canonicalize(config)), .. Hash(kind, JsonCanonicalizer.Canonicalize(document))],
            hashed.HashData);
    }

    private static byte[] Hash(KeyKind kind, ReadOnlySpan<byte> data) =>
        kind == KeyKind.P384 ? SHA384.HashData(data) : SHA256.HashData(data);
}
