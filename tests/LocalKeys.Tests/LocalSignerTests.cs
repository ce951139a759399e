using System.Collections.Concurrent;
using System.Security.Cryptography;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Settings;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.Signing;
using CitiesOfLearning.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace CitiesOfLearning.LocalKeys.Tests;

/// <summary>Security row 16: one key per city and algorithm, a kid never used again, old keys never lost.</summary>
public sealed class LocalSignerTests : IDisposable
{
    private static readonly byte[] Digest = SHA256.HashData([1, 2, 3]);

    private readonly string _data = Directory.CreateTempSubdirectory("signer-tests-").FullName;
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Keys => Path.Combine(_data, "keys", "signing");

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Keys_are_made_once_and_kept()
    {
        var first = Start();
        first.Prepare(SampleCity.Plymouth);
        var files = Snapshot();
        first.Prepare(SampleCity.Plymouth);
        var second = Start();
        second.Prepare(SampleCity.Plymouth);

        Assert.Equal(files, Snapshot());
        Assert.Equal(2, files.Count);
        var before = await first.CurrentKeyAsync(SampleCity.Plymouth, SigningAlgorithm.ES256, Cancel);
        var after = await second.CurrentKeyAsync(SampleCity.Plymouth, SigningAlgorithm.ES256, Cancel);
        var signature = await first.SignAsync(before, Digest, Cancel);
        Assert.Equal(before.KeyId, after.KeyId);
        Assert.True(after.Verifies(Digest, signature));
    }

    [Fact]
    public void Nobody_else_on_the_machine_reads_them()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        Start().Prepare(SampleCity.Plymouth);

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
            signer.Prepare(SampleCity.Plymouth);
            Assert.All(await signer.KeysAsync(SampleCity.Plymouth, Cancel), key => Assert.True(ids.Add(key.KeyId)));
            Directory.Delete(Keys, recursive: true);
        }
    }

    [Fact]
    public async Task A_newer_key_signs_and_the_older_one_stays_published()
    {
        Start().Prepare(SampleCity.Plymouth);
        var older = await Start().CurrentKeyAsync(SampleCity.Plymouth, SigningAlgorithm.ES256, Cancel);
        var kept = Directory.GetFiles(Path.Combine(Keys, "plymouth"), "ES256-*.json").Single();
        File.Move(kept, kept + ".aside");
        _time.Advance(TimeSpan.FromDays(1));
        Start().Prepare(SampleCity.Plymouth);
        File.Move(kept + ".aside", kept);

        var signer = Start();

        Assert.NotEqual(older.KeyId, (await signer.CurrentKeyAsync(SampleCity.Plymouth, SigningAlgorithm.ES256, Cancel)).KeyId);
        Assert.Contains(await signer.KeysAsync(SampleCity.Plymouth, Cancel), k => k.KeyId == older.KeyId);
        Assert.Equal(
            older.KeyId, (await signer.KeysAsync(SampleCity.Plymouth, Cancel)).First(k => k.Algorithm == SigningAlgorithm.ES256).KeyId);
    }

    [Fact]
    public async Task A_key_made_after_somebody_looked_is_seen()
    {
        var signer = Start();
        signer.Prepare(SampleCity.Plymouth);
        File.Delete(Directory.GetFiles(Path.Combine(Keys, "plymouth"), "RS256-*.json").Single());
        var late = Start();
        Assert.Single(await late.KeysAsync(SampleCity.Plymouth, Cancel));

        late.Prepare(SampleCity.Plymouth);

        Assert.Equal(2, (await late.KeysAsync(SampleCity.Plymouth, Cancel)).Count);
    }

    [Fact]
    public async Task A_city_whose_keys_another_process_makes_later_is_seen()
    {
        var worker = Start();
        Assert.Empty(await worker.KeysAsync(SampleCity.Plymouth, Cancel));

        Start().Prepare(SampleCity.Plymouth);

        var key = await worker.CurrentKeyAsync(SampleCity.Plymouth, SigningAlgorithm.ES256, Cancel);
        var signature = await worker.SignAsync(key, Digest, Cancel);
        Assert.True(key.Verifies(Digest, signature));
    }

    [Fact]
    public async Task Whoever_looks_while_keys_are_made_sees_all_of_a_city_or_nothing()
    {
        CityId[] cities = [.. Enumerable.Range(0, 6).Select(i => CityId.Parse($"city-{i}"))];
        var maker = Task.Run(() => Array.ForEach(cities, Start().Prepare), Cancel);
        var seen = new HashSet<int>();

        while (!maker.IsCompleted)
        {
            var worker = Start();
            foreach (var city in cities)
            {
                seen.Add((await worker.KeysAsync(city, Cancel)).Count);
            }
        }

        await maker;
        Assert.Subset(new HashSet<int> { 0, 2 }, seen);
        Assert.Contains(2, seen);
    }

    [Fact]
    public async Task Of_two_that_make_a_citys_keys_at_once_one_counts_for_both()
    {
        LocalSigner[] both = [Start(), Start()];

        await Parallel.ForEachAsync(both, Cancel, (signer, _) =>
        {
            signer.Prepare(SampleCity.Plymouth);
            return ValueTask.CompletedTask;
        });

        var first = (await both[0].KeysAsync(SampleCity.Plymouth, Cancel)).Select(k => k.KeyId).ToList();
        Assert.Equal(2, first.Count);
        Assert.Equal(first, (await both[1].KeysAsync(SampleCity.Plymouth, Cancel)).Select(k => k.KeyId));
        Assert.Equal("plymouth", Path.GetFileName(Assert.Single(Directory.GetDirectories(Keys))));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_hub_that_nobody_told_where_its_keys_are_does_not_start(string? folder)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration["Local:DataFolder"] = folder;

        var refusal = Assert.Throws<InvalidOperationException>(() => builder.AddSigner());

        Assert.Contains("dotnet run --project functions/App", refusal.Message);
        Assert.Contains("Local__DataFolder", refusal.Message);
    }

    [Fact]
    public void The_laptops_signer_comes_with_its_open_door()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration["Local:DataFolder"] = _data;
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.AddSigner();

        using var services = builder.Services.BuildServiceProvider();

        Assert.IsType<LocalSigner>(services.GetRequiredService<ICredentialSigner>());
        Assert.True(services.GetRequiredService<StaffAccess>().IsOpen);
    }

    [Theory]
    [InlineData(SigningAlgorithm.ES256, 64)]
    [InlineData(SigningAlgorithm.RS256, 256)]
    public async Task Many_threads_sign_at_the_same_time(SigningAlgorithm algorithm, int length)
    {
        var signer = Start();
        signer.Prepare(SampleCity.Plymouth);
        var key = await signer.CurrentKeyAsync(SampleCity.Plymouth, algorithm, Cancel);
        var bad = new ConcurrentBag<int>();

        await Parallel.ForAsync(0, 400, new ParallelOptions
        {
            MaxDegreeOfParallelism =
            16,
            CancellationToken = Cancel
        }, async (i, cancel) =>
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
        signer.Prepare(SampleCity.Plymouth);

        // Of most of these names there can be no id, and what is no id has no keys either.
        _ = CityId.TryParse(city, out var none);
        Assert.Empty(await signer.KeysAsync(none, Cancel));
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await signer.CurrentKeyAsync(none, SigningAlgorithm.ES256, Cancel));
    }

    [Fact]
    public async Task A_city_signs_with_its_own_keys_only()
    {
        var signer = Start();
        signer.Prepare(SampleCity.Plymouth);
        signer.Prepare(SampleCity.Brighton);
        var plymouth = await signer.CurrentKeyAsync(SampleCity.Plymouth, SigningAlgorithm.ES256, Cancel);
        var mixed = new SigningKey(SampleCity.Brighton, plymouth.KeyId, plymouth.Algorithm, [], plymouth.NotBefore, null);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await signer.SignAsync(mixed, SHA256.HashData([]), Cancel));
        Assert.Empty((await signer.KeysAsync(SampleCity.Plymouth, Cancel))
            .Select(k => k.KeyId)
            .Intersect((await signer.KeysAsync(SampleCity.Brighton, Cancel)).Select(k => k.KeyId)));
    }

    private LocalSigner Start() =>
        new(new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Local:DataFolder"] = _data })
            .Build(), _time);

    private Dictionary<string, string> Snapshot() =>
        Directory.GetFiles(Keys, "*", SearchOption.AllDirectories).ToDictionary(f => f, File.ReadAllText);
}
