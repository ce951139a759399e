using System.Text.Json;
using CitiesOfLearning.JsonLd;
using CitiesOfLearning.OpenBadges.Keys;

namespace CitiesOfLearning.OpenBadges.Proofs;

/// <summary>
/// A way of making an embedded proof (https://www.w3.org/TR/vc-data-integrity/#cryptographic-suites). There are those below and no others.
/// </summary>
public abstract class Cryptosuite
{
    private readonly KeyKind[] _keys;

    private protected Cryptosuite(string name, params KeyKind[] keys)
    {
        Name = name;
        _keys = keys;
    }

    /// <summary>ECDSA over canonical RDF, for the whole credential.</summary>
    public static SigningCryptosuite EcdsaRdfc2019 { get; } = new EcdsaRdfc2019();

    /// <summary>ECDSA over canonical RDF, from which the holder may leave statements out.</summary>
    public static SigningCryptosuite EcdsaSd2023 { get; } = new EcdsaSd2023();

    /// <summary>ECDSA over canonical JSON.</summary>
    public static Cryptosuite EcdsaJcs2019 { get; } = new EcdsaJcs2019();

    /// <summary>Ed25519 over canonical RDF.</summary>
    public static Cryptosuite EddsaRdfc2022 { get; } = new EddsaRdfc2022();

    /// <summary>Ed25519 over canonical JSON.</summary>
    public static Cryptosuite EddsaJcs2022 { get; } = new EddsaJcs2022();

    /// <summary>Ed25519 over canonical RDF, as badges of 2021 to 2024 carry it.</summary>
    public static Cryptosuite Ed25519Signature2020 { get; } = new Ed25519Signature2020();

    /// <summary>Ed25519 over canonical RDF with a detached JWS, as the first badges of version 3.0 carry it.</summary>
    public static Cryptosuite Ed25519Signature2018 { get; } =
        new JwsProof("Ed25519Signature2018", KeyKind.Ed25519);

    /// <summary>Any key over canonical RDF with a detached JWS.</summary>
    public static Cryptosuite JsonWebSignature2020 { get; } =
        new JwsProof("JsonWebSignature2020", KeyKind.Ed25519, KeyKind.P256, KeyKind.P384, KeyKind.Rsa);

    /// <summary>Each of them.</summary>
    public static IReadOnlyList<Cryptosuite> All { get; } =
    [
        EcdsaSd2023,
        EcdsaRdfc2019,
        EcdsaJcs2019,
        EddsaRdfc2022,
        EddsaJcs2022,
        Ed25519Signature2020,
        Ed25519Signature2018,
        JsonWebSignature2020,
    ];

    /// <summary>As a proof's <c>cryptosuite</c> names it, or its <c>type</c> where that is the suite's own.</summary>
    public string Name { get; }

    /// <summary>A proof's <c>type</c>.</summary>
    internal virtual string Type => "DataIntegrityProof";

    /// <summary>Its value is called <c>jws</c>, and is one (<see cref="DetachedJws"/>).</summary>
    internal virtual bool HasJws => false;

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The suite of a proof that says this of itself, or null.</summary>
    internal static Cryptosuite? Find(string type, string? cryptosuite) => All.FirstOrDefault(suite => suite.IsNamed(type, cryptosuite));

    /// <summary>Verify Proof, the suite's part (https://www.w3.org/TR/vc-data-integrity/#verify-proof, 4.).</summary>
    /// <param name="input">The document without the proof; with those before it, if the proof names any.</param>
    /// <returns>The verified document; null if the proof does not fit, or the key is of a kind that the suite has not.</returns>
    /// <exception cref="JsonLdException">The document cannot be turned into statements.</exception>
    /// <exception cref="JsonException">The document has no canonical JSON.</exception>
    /// <exception cref="WorkBudgetException">The request asks for too much work.</exception>
    internal JsonElement? Verify(SecuredDocument input, UnverifiedProof proof, VerificationKey key) =>
        _keys.Contains(key.Kind) ? VerifyProof(input, proof, key) : null;

    private protected virtual bool IsNamed(string type, string? cryptosuite) => type == Type && cryptosuite == Name;

    private protected abstract JsonElement? VerifyProof(SecuredDocument input, UnverifiedProof proof, VerificationKey key);
}

/// <summary>A suite that proofs are made with here: a key in a vault can sign it, P-256 over a SHA-256 digest.</summary>
public abstract class SigningCryptosuite : Cryptosuite
{
    private protected SigningCryptosuite(string name, params KeyKind[] keys)
        : base(name, keys)
    {
    }

    /// <summary>Create Proof as far as the signature.</summary>
    /// <param name="options">The proof without its value.</param>
    /// <exception cref="JsonLdException">The credential says something that no statement carries.</exception>
    internal abstract UnsignedProof Prepare(JsonElement credential, JsonElement options);
}

/// <param name="ToSign">By the issuer's key, with SHA-256.</param>
/// <param name="ProofValue">From that signature.</param>
internal sealed record UnsignedProof(byte[] ToSign, Func<byte[], string> ProofValue);
