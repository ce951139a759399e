using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using BenchmarkDotNet.Attributes;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Benchmarks;

/// <summary>
/// Embedded proofs of a credential of 4 kB. One ECDSA verification is the floor of verifying; ecdsa-sd-2023 signs each optional statement.
/// </summary>
public class ProofBenchmarks
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _digest = SHA256.HashData([]);
    private VerificationKey _public = null!;
    private byte[] _signature = [];
    private JsonElement _document;
    private (JsonElement Document, UnverifiedProof Proof) _jcs;
    private (JsonElement Document, UnverifiedProof Proof) _rdfc;
    private (JsonElement Document, UnverifiedProof Proof) _derived;
    private JsonElement _withBaseProof;

    [GlobalSetup]
    public void SetUp()
    {
        var credential = JsonNode.Parse(
            File.ReadAllBytes(
                Path.Combine(Repository.Root, "tests", "Hub.Tests", "Signing", "Snapshots", "credential.en.json")))!.AsObject();
        foreach (var claim in new[] { "iss", "jti", "nbf", "sub" })
        {
            credential.Remove(claim);
        }

        _document = JsonSerializer.SerializeToElement(credential);
        _signature = _key.SignHash(_digest);
        var point = _key.ExportParameters(false).Q;
        _public = EcKey.FromCoordinates(KeyKind.P256, point.X, point.Y)!;
        _jcs = Unsecure(Secure(Cryptosuite.EcdsaJcs2019));
        _rdfc = Unsecure(Secure(Cryptosuite.EcdsaRdfc2019));
        _withBaseProof = JsonElement.Parse(Secure(Cryptosuite.EcdsaSd2023));
        _derived = Unsecure(SdDerivation.Derive(_withBaseProof, ["/evidence/0"])!);
    }

    [Benchmark(Baseline = true, Description = "floor: ECDSA verify")]
    public bool Floor() => _key.VerifyHash(_digest, _signature);

    [Benchmark(Description = "ecdsa-jcs-2019 verify")]
    public JsonElement? VerifyJcs() => _jcs.Proof.Suite!.Verify(Secured(_jcs.Document), _jcs.Proof, _public);

    [Benchmark(Description = "ecdsa-rdfc-2019 verify")]
    public JsonElement? VerifyRdfc() => _rdfc.Proof.Suite!.Verify(Secured(_rdfc.Document), _rdfc.Proof, _public);

    [Benchmark(Description = "ecdsa-rdfc-2019 create")]
    public byte[] CreateRdfc() => Secure(Cryptosuite.EcdsaRdfc2019);

    [Benchmark(Description = "ecdsa-sd-2023 base proof")]
    public byte[] CreateBase() => Secure(Cryptosuite.EcdsaSd2023);

    [Benchmark(Description = "ecdsa-sd-2023 derive")]
    public byte[]? Derive() => SdDerivation.Derive(_withBaseProof, ["/evidence/0"]);

    [Benchmark(Description = "ecdsa-sd-2023 verify derived")]
    public JsonElement? VerifyDerived() => _derived.Proof.Suite!.Verify(Secured(_derived.Document), _derived.Proof, _public);

    // A new one each time, as a request has: it remembers what was made canonical.
    private static SecuredDocument Secured(JsonElement document) => new(document, new(CancellationToken.None));

    [GlobalCleanup]
    public void CleanUp() => _key.Dispose();

    private byte[] Secure(Cryptosuite suite)
    {
        var options = DataIntegrity.Options(suite, "https://hub.example/cities/plymouth/keys/k1", DateTimeOffset.UnixEpoch);
        if (suite == Cryptosuite.EcdsaSd2023)
        {
            var unsigned = EcdsaSd2023.Create(_document, options, BadgeDisclosure.Mandatory(_document), new byte[32]);
            return DataIntegrity.Secure(_document, options, unsigned.ProofValue(_key.SignData(unsigned.ToSign, HashAlgorithmName.SHA256)));
        }

        var hashed = suite == Cryptosuite.EcdsaJcs2019
            ? EcdsaJcs2019.Hash(KeyKind.P256, _document, options)
            : EcdsaRdfc2019.Hash(KeyKind.P256, _document, options);
        return DataIntegrity.Secure(
            _document, options, DataIntegrity.Base58Value(_key.SignData(hashed.HashData, HashAlgorithmName.SHA256)));
    }

    private static (JsonElement Document, UnverifiedProof Proof) Unsecure(byte[] secured)
    {
        var document = JsonElement.Parse(secured);
        return (ProofJson.Without(document, "proof"), UnverifiedProof.ReadAll(document)![0]);
    }
}
