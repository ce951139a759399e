using System.Security.Cryptography;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using CitiesOfLearning.Hub.Verification;
using CitiesOfLearning.OpenBadges.Jwt;

namespace CitiesOfLearning.Benchmarks;

/// <summary>
/// Goal: verifying one of our badges costs at most 1.5 × an ECDSA P-256 verification, a SHA-256 and a JSON parse of the same bytes. The
/// hub is warm, as it is after the first badge: its keys, city, badge class and, for five seconds at a time, status lists are in memory.
/// </summary>
public class VerifyBenchmarks
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private byte[] _file = [];
    private UnverifiedJwt _jwt = null!;
    private byte[] _signature = [];
    private byte[] _digest = [];
    private BenchmarkHub _hub = null!;
    private BadgeVerifier _verifier = null!;

    [GlobalSetup]
    public async Task SetUp()
    {
        _hub = await BenchmarkHub.StartAsync();
        _verifier = _hub.Get<BadgeVerifier>();
        _file = await _hub.IssueAsync();
        _jwt = ((CredentialFile.Jwt)CredentialFile.Read(_file)).Token;
        _digest = _jwt.Digest;
        _signature = _key.SignHash(_digest);

        // A badge that were refused early would be verified in no time.
        if (await Verify() is not { Authentic: Answer.Yes, Current: Answer.Yes, Authorised: Answer.Yes, Badge.PictureDiffers: false })
        {
            throw new InvalidOperationException("The badge does not verify.");
        }
    }

    [Benchmark(Baseline = true, Description = "floor: ECDSA verify + SHA-256 + JSON parse")]
    public bool Floor()
    {
        SHA256.HashData(_file);
        using var json = JsonDocument.Parse(_jwt.Payload);
        return _key.VerifyHash(_digest, _signature);
    }

    [Benchmark(Description = "verify a 60 kB PNG")]
    public Task<VerificationReport> Verify() => _verifier.VerifyAsync(CredentialFile.Read(_file), new(CancellationToken.None));

    [GlobalCleanup]
    public void CleanUp()
    {
        _hub.Dispose();
        _key.Dispose();
    }
}
