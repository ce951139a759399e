using System.Security.Cryptography;
using System.Text.Json;
using CitiesOfLearning.JsonLd;
using CitiesOfLearning.JsonLd.Canonicalization;
using CitiesOfLearning.OpenBadges.Contexts;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Benchmarks.Peers;

/// <summary>The hub's half of the command <c>peers</c>: what peers.mjs does to the same credential, from its bytes each time.</summary>
internal sealed class HubProofs : IDisposable
{
    private readonly JsonLdProcessor _processor = new(PublishedContexts.Newest);
    private readonly ProofVerifier _verifier = new(TimeProvider.System);
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly string[] _mandatory;
    private readonly string[] _shown;
    private readonly byte[] _own;
    private readonly byte[] _signed;
    private readonly byte[] _base;
    private readonly byte[] _derived;
    private readonly string _did;
    private readonly VerificationMethod _method;

    public HubProofs()
    {
        var folder = Path.Combine(Repository.Root, "tests", "Benchmarks", "Peers");
        using var pointers = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "pointers.json")));
        (_mandatory, _shown) = (Strings(pointers, "mandatory"), Strings(pointers, "shown"));
        Credential = File.ReadAllBytes(Path.Combine(folder, "credential.json"));

        var point = _key.ExportParameters(false).Q;
        var publicKey = EcKey.FromCoordinates(KeyKind.P256, point.X, point.Y)!;
        _did = $"did:key:{Multikey.Write(publicKey)}";
        _method = new VerificationMethod($"{_did}#{_did["did:key:".Length..]}", _did, publicKey, null);
        var credential = JsonElement.Parse(Credential);
        _own = ProofJson.Raw(ProofJson.With(credential, "issuer", ProofJson.With(credential.GetProperty("issuer"), "id", _did))).ToArray();
        (_signed, _base) = (Issue(), CreateBase());
        _derived = Derive();
    }

    /// <summary>As peers.mjs reads it, UTF-8 JSON.</summary>
    public byte[] Credential { get; }

    /// <summary>By the names that peers.mjs has for them.</summary>
    public IReadOnlyDictionary<string, Action> Operations => new Dictionary<string, Action>
    {
        ["canonicalize"] = Canonicalize,
        ["ecdsa-rdfc-2019 issue"] = () => Issue(),
        ["ecdsa-rdfc-2019 verify"] = () => Verify(_signed),
        ["ecdsa-sd-2023 base proof"] = () => CreateBase(),
        ["ecdsa-sd-2023 derive"] = () => Derive(),
        ["ecdsa-sd-2023 verify derived"] = () => Verify(_derived),
    };

    public void Dispose() => _key.Dispose();

    private void Canonicalize()
    {
        using var document = JsonDocument.Parse(Credential);
        Rdfc10.Canonicalize(_processor.ToRdf(document.RootElement));
    }

    private byte[] Issue()
    {
        var document = JsonElement.Parse(_own);
        var options = Options(Cryptosuite.EcdsaRdfc2019);
        return DataIntegrity.Secure(
            document, options, DataIntegrity.Base58Value(Sign(EcdsaRdfc2019.Hash(KeyKind.P256, document, options).HashData)));
    }

    private byte[] CreateBase()
    {
        var document = JsonElement.Parse(_own);
        var options = Options(Cryptosuite.EcdsaSd2023);
        var unsigned = EcdsaSd2023.Create(document, options, _mandatory, new byte[32]);
        return DataIntegrity.Secure(document, options, unsigned.ProofValue(Sign(unsigned.ToSign)));
    }

    private byte[] Derive() => SdDerivation.Derive(JsonElement.Parse(_base), _shown)!;

    private void Verify(byte[] credential)
    {
        var report = _verifier
            .VerifyAsync(credential, (_, _) => ValueTask.FromResult<VerificationMethod?>(_method), new(CancellationToken.None))
            .AsTask()
            .GetAwaiter()
            .GetResult();
        if (report.Outcome != ProofOutcome.Good)
        {
            throw new InvalidOperationException(report.Reason);
        }
    }

    private byte[] Sign(byte[] data) => _key.SignData(data, HashAlgorithmName.SHA256);

    private JsonElement Options(Cryptosuite suite) => DataIntegrity.Options(suite, _method.Id, DateTimeOffset.UnixEpoch);

    private static string[] Strings(JsonDocument document, string name) =>
        [.. document.RootElement.GetProperty(name).EnumerateArray().Select(e => e.GetString()!)];
}
