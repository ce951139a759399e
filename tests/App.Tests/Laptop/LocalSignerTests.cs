using System.Collections.Concurrent;
using System.Security.Cryptography;
using CitiesOfLearning.Hub.Credentials;
using CitiesOfLearning.Local.Laptop;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace CitiesOfLearning.App.Tests.Laptop;

/// <summary>Security row 16: one key per city and algorithm, a kid never used again, old keys never lost.</summary>
public sealed class LocalSignerTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("signer-tests-").FullName;
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Keys => Path.Combine(_data, "keys", "signing");

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Keys_are_made_once_and_kept()
    {
        var first = Start();
        first.Prepare("plymouth");
        var files = Snapshot();
        first.Prepare("plymouth");
        var second = Start();
        second.Prepare("plymouth");

        Assert.Equal(files, Snapshot());
        Assert.Equal(2, files.Count);
        var before = await first.CurrentKeyAsync("plymouth", SigningAlgorithm.ES256, Cancel);
        var after = await second.CurrentKeyAsync("plymouth", SigningAlgorithm.ES256, Cancel);
        var digest = SHA256.HashData([1, 2, 3]);
        var signature = await first.SignAsync(before, digest, Cancel);
        Assert.Equal(before.KeyId, after.KeyId);
        Assert.True(after.Verifies(digest, signature));
    }

    [Fact]
    public void Nobody_else_on_the_machine_reads_them()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        Start().Prepare("plymouth");

        foreach (var file in Directory.GetFiles(Keys, "*", SearchOption.AllDirectories))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task A_lost_key_is_followed_by_one_of_another_name()
    {
        var ids = new HashSet<string>();
        for (var i = 0; i < 3; i++)
        {
            var signer = Start();
            signer.Prepare("plymouth");
            Assert.All(await signer.KeysAsync("plymouth", Cancel), key => Assert.True(ids.Add(key.KeyId)));
            Directory.Delete(Keys, recursive: true);
        }
    }

    [Fact]
    public async Task A_newer_key_signs_and_the_older_one_stays_published()
    {
        Start().Prepare("plymouth");
        var older = await Start().CurrentKeyAsync("plymouth", SigningAlgorithm.ES256, Cancel);
        var kept = Directory.GetFiles(Path.Combine(Keys, "plymouth"), "ES256-*.json").Single();
        File.Move(kept, kept + ".aside");
        _time.Advance(TimeSpan.FromDays(1));
        Start().Prepare("plymouth");
        File.Move(kept + ".aside", kept);

        var signer = Start();

        Assert.NotEqual(older.KeyId, (await signer.CurrentKeyAsync("plymouth", SigningAlgorithm.ES256, Cancel)).KeyId);
        Assert.Contains(await signer.KeysAsync("plymouth", Cancel), k => k.KeyId == older.KeyId);
        Assert.Equal(older.KeyId, (await signer.KeysAsync("plymouth", Cancel)).First(k => k.Algorithm == SigningAlgorithm.ES256).KeyId);
    }

    [Fact]
    public async Task A_key_made_after_somebody_looked_is_seen()
    {
        var signer = Start();
        signer.Prepare("plymouth");
        File.Delete(Directory.GetFiles(Path.Combine(Keys, "plymouth"), "RS256-*.json").Single());
        var late = Start();
        Assert.Single(await late.KeysAsync("plymouth", Cancel));

        late.Prepare("plymouth");

        Assert.Equal(2, (await late.KeysAsync("plymouth", Cancel)).Count);
    }

    [Theory]
    [InlineData(SigningAlgorithm.ES256, 64)]
    [InlineData(SigningAlgorithm.RS256, 256)]
    public async Task Many_threads_sign_at_the_same_time(SigningAlgorithm algorithm, int length)
    {
        var signer = Start();
        signer.Prepare("plymouth");
        var key = await signer.CurrentKeyAsync("plymouth", algorithm, Cancel);
        var bad = new ConcurrentBag<int>();

        await Parallel.ForAsync(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Cancel }, async (i, cancel) =>
        {
            var digest = SHA256.HashData(BitConverter.GetBytes(i));
            var signature = await signer.SignAsync(key, digest, cancel);
            if (signature.Length != length || !key.Verifies(digest, signature) || key.Verifies(SHA256.HashData([1]), signature))
            {
                bad.Add(i);
            }
        });

        Assert.Empty(bad);
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../signing/plymouth")]
    [InlineData("plymouth/")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("PLYMOUTH")]
    [InlineData("plymouth\0")]
    [InlineData("/etc")]
    [InlineData("plymouth*")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task A_city_that_is_none_has_no_keys(string city)
    {
        var signer = Start();
        signer.Prepare("plymouth");

        Assert.Empty(await signer.KeysAsync(city, Cancel));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await signer.CurrentKeyAsync(city, SigningAlgorithm.ES256, Cancel));
    }

    [Fact]
    public async Task A_city_signs_with_its_own_keys_only()
    {
        var signer = Start();
        signer.Prepare("plymouth");
        signer.Prepare("brighton");
        var plymouth = await signer.CurrentKeyAsync("plymouth", SigningAlgorithm.ES256, Cancel);
        var mixed = new SigningKey("brighton", plymouth.KeyId, plymouth.Algorithm, [], plymouth.NotBefore, null);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await signer.SignAsync(mixed, SHA256.HashData([]), Cancel));
        Assert.Empty((await signer.KeysAsync("plymouth", Cancel)).Select(k => k.KeyId).Intersect((await signer.KeysAsync("brighton", Cancel)).Select(k => k.KeyId)));
    }

    private LocalSigner Start() =>
        new(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Local:DataFolder"] = _data }).Build(), _time);

    private Dictionary<string, string> Snapshot() =>
        Directory.GetFiles(Keys, "*", SearchOption.AllDirectories).ToDictionary(f => f, File.ReadAllText);
}
