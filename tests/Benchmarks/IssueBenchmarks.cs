using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.OpenBadges.Baking;
using CitiesOfLearning.OpenBadges.Jwt;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;

namespace CitiesOfLearning.Benchmarks;

/// <summary>
/// Goal: issuing, the storage calls aside, costs at most 1.5 × an ECDSA P-256 signature, its verification and the baking.
/// </summary>
public class IssueBenchmarks
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _digest = SHA256.HashData([]);
    private BenchmarkHub _hub = null!;
    private PublishedAchievement _badge = null!;
    private CredentialDraft _draft = null!;
    private ICredentialSigner _signer = null!;
    private HubUrls _urls = null!;
    private byte[] _jwt = [];

    [GlobalSetup]
    public async Task SetUp()
    {
        _hub = await BenchmarkHub.StartAsync();
        _signer = _hub.Get<ICredentialSigner>();
        _urls = _hub.Get<HubUrls>();
        _badge = await _hub.PublishedAsync();
        _draft = _hub.Draft(_badge);
        _jwt = await SignAsync();
    }

    [Benchmark(Baseline = true, Description = "floor: ECDSA sign + verify + bake")]
    public byte[] Floor() => _key.VerifyHash(_digest, _key.SignHash(_digest)) ? PngBaker.Bake(_badge.Png, _jwt) : [];

    [Benchmark(Description = "issue: write, check, sign, bake")]
    public async Task<byte[]> Issue()
    {
        var jwt = await SignAsync();
        return PngBaker.Bake(_badge.Png, jwt);
    }

    [Benchmark(Description = "the same, and the JSON form")]
    public async Task<byte[]> IssueBothForms()
    {
        var credential = Credential();
        var jwt = await CredentialSigning.JwtAsync(credential, SigningAlgorithm.ES256, _signer, _urls, CancellationToken.None);
        await CredentialSigning.ProofAsync(
            credential, Cryptosuite.EcdsaSd2023, _signer, _urls, DateTimeOffset.UnixEpoch, CancellationToken.None);
        return PngBaker.Bake(_badge.Png, jwt);
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _hub.Dispose();
        _key.Dispose();
    }

    private Task<byte[]> SignAsync() =>
        CredentialSigning.JwtAsync(Credential(), SigningAlgorithm.ES256, _signer, _urls, CancellationToken.None);

    private CheckedCredential Credential() =>
        CheckedCredential.Badge(CredentialWriter.Write(_draft, _urls), _draft.City, _draft.AwardId, _urls);
}
