using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.OpenBadges.Jwt;
using CitiesOfLearning.OpenBadges.Keys;

namespace CitiesOfLearning.Benchmarks;

/// <summary>The signer verifies every signature before it returns it, so one signature and one verification are the floor.</summary>
public class SignBenchmarks
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _digest = SHA256.HashData([]);
    private BenchmarkHub _hub = null!;
    private CheckedCredential _credential = null!;
    private ICredentialSigner _signer = null!;
    private HubUrls _urls = null!;

    [GlobalSetup]
    public async Task SetUp()
    {
        _hub = await BenchmarkHub.StartAsync();
        _signer = _hub.Get<ICredentialSigner>();
        _urls = _hub.Get<HubUrls>();
        var draft = _hub.Draft(await _hub.PublishedAsync());
        _credential = CheckedCredential.Badge(CredentialWriter.Write(draft, _urls), draft.City, draft.AwardId, _urls);
    }

    [Benchmark(Baseline = true, Description = "floor: ECDSA sign + verify")]
    public bool Floor() => _key.VerifyHash(_digest, _key.SignHash(_digest));

    [Benchmark(Description = "sign a credential as JWT")]
    public Task<byte[]> Sign() => CredentialSigning.JwtAsync(_credential, SigningAlgorithm.ES256, _signer, _urls, CancellationToken.None);

    [GlobalCleanup]
    public void CleanUp()
    {
        _hub.Dispose();
        _key.Dispose();
    }
}
