using System.Security.Cryptography;
using Azure;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.KeyVault;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CitiesOfLearning.Infra.Tests.KeyVault;

public sealed class KeyVaultSignerTests
{
    private static readonly byte[] Digest = SHA256.HashData("a badge"u8);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 25, 9, 0, 0, TimeSpan.Zero));
    private readonly Lines _lines = new();
    private readonly Vault _vault;
    private readonly KeyVaultSigner _signer;

    public KeyVaultSignerTests()
    {
        _vault = new Vault(_time);
        _signer = new KeyVaultSigner(_vault, _time, _lines);
    }

    [Theory]
    [InlineData(SigningAlgorithm.ES256, "plymouth-es256")]
    [InlineData(SigningAlgorithm.RS256, "plymouth-rs256")]
    public async Task A_city_signs_with_its_own_key(SigningAlgorithm algorithm, string name)
    {
        _vault.Add(name, "v1");

        var key = await CurrentAsync(algorithm);
        var signature = await _signer.SignAsync(key, Digest, TestContext.Current.CancellationToken);

        Assert.Equal(("v1", "plymouth"), (key.KeyId, key.City.ToString()));
        Assert.True(key.Verifies(Digest, signature));
    }

    [Fact]
    public async Task A_city_without_a_key_signs_nothing()
    {
        _vault.Add("brighton-es256", "v1");

        Assert.Empty(await _signer.KeysAsync(SampleCity.Plymouth, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<InvalidOperationException>(() => CurrentAsync());
    }

    [Fact]
    public async Task A_rotation_is_published_within_five_minutes_signs_after_ten_and_the_old_key_stays_published()
    {
        _vault.Add("plymouth-es256", "v1");
        await CurrentAsync();
        _time.Advance(TimeSpan.FromMinutes(15));
        await CurrentAsync();
        _vault.Add("plymouth-es256", "v2");

        var first = await PublishedAsync();
        _time.Advance(TimeSpan.FromMinutes(5));
        var (second, soon) = (await PublishedAsync(), (await CurrentAsync()).KeyId);
        _time.Advance(TimeSpan.FromMinutes(4.9));
        var almost = (await CurrentAsync()).KeyId;
        _time.Advance(TimeSpan.FromMinutes(0.1));
        var later = (await CurrentAsync()).KeyId;

        Assert.Equal(("v1", "v1,v2"), (first, second));
        Assert.Equal(("v1", "v1", "v2"), (soon, almost, later));
        Assert.Equal("v1,v2", await PublishedAsync());
    }

    [Fact]
    public async Task A_new_version_signs_at_once_when_no_older_one_may()
    {
        _vault.Add("plymouth-es256", "v1").Enabled = false;
        _time.Advance(TimeSpan.FromDays(1));
        _vault.Add("plymouth-es256", "v2");

        Assert.Equal("v2", (await CurrentAsync()).KeyId);
    }

    [Fact]
    public async Task A_date_in_the_past_does_not_make_a_new_version_old()
    {
        _vault.Add("plymouth-es256", "v1", notBefore: _time.GetUtcNow().AddDays(-2));
        _time.Advance(TimeSpan.FromHours(1));
        _vault.Add("plymouth-es256", "v2", notBefore: _time.GetUtcNow().AddDays(-1));

        Assert.Equal("v1", (await CurrentAsync()).KeyId);
    }

    [Fact]
    public async Task Keys_that_are_known_stay_published_while_the_vault_is_out_of_reach_and_it_is_left_in_peace()
    {
        _vault.Add("plymouth-es256", "v1");
        await PublishedAsync();
        _vault.IsUnreachable = true;
        _time.Advance(TimeSpan.FromMinutes(5));
        var before = _vault.Listings;

        var published = new[] { await PublishedAsync(), await PublishedAsync() };

        Assert.Equal(["v1", "v1"], published);
        Assert.Equal(1, _vault.Listings - before);
    }

    [Fact]
    public async Task A_vault_that_can_be_reached_again_is_asked_again()
    {
        _vault.Add("plymouth-es256", "v1");
        await PublishedAsync();
        _vault.IsUnreachable = true;
        _time.Advance(TimeSpan.FromMinutes(5));
        await PublishedAsync();
        _vault.Add("plymouth-es256", "v2");
        _vault.IsUnreachable = false;
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("v1,v2", await PublishedAsync());
    }

    [Fact]
    public async Task Keys_that_never_were_read_are_not_said_to_be_none()
    {
        _vault.Add("plymouth-es256", "v1");
        _vault.IsUnreachable = true;

        await Assert.ThrowsAsync<RequestFailedException>(PublishedAsync);
    }

    [Theory]
    [InlineData("disabled")]
    [InlineData("expired")]
    [InlineData("absent")]
    [InlineData("unreachable")]
    public async Task A_city_whose_key_cannot_be_had_does_not_sign_and_the_alert_hears_of_it(string why)
    {
        if (why != "absent")
        {
            var key = _vault.Add("plymouth-es256", "v1");
            key.Enabled = why != "disabled";
            key.ExpiresOn = why == "expired" ? _time.GetUtcNow() : null;
        }

        _vault.IsUnreachable = why == "unreachable";

        await Assert.ThrowsAnyAsync<Exception>(() => CurrentAsync());

        Assert.Equal(["Signing failed for plymouth with key plymouth-es256"], _lines.Said);
    }

    [Fact]
    public async Task A_date_of_expiry_that_changed_is_seen_within_five_minutes()
    {
        var key = _vault.Add("plymouth-es256", "v1");
        await CurrentAsync();
        key.ExpiresOn = _time.GetUtcNow().AddMinutes(10);
        _time.Advance(TimeSpan.FromMinutes(5));

        var published = Assert.Single(await _signer.KeysAsync(SampleCity.Plymouth, TestContext.Current.CancellationToken));
        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(key.ExpiresOn, published.NotAfter);
        await Assert.ThrowsAsync<InvalidOperationException>(() => CurrentAsync());
    }

    [Fact]
    public async Task The_vault_is_not_asked_each_time()
    {
        _vault.Add("plymouth-es256", "v1");

        for (var i = 0; i < 10; i++)
        {
            await CurrentAsync();
        }

        Assert.Equal(2, _vault.Listings);
    }

    /// <summary>As at a start, when every city's keys are asked for in the same moment.</summary>
    [Fact]
    public async Task However_many_cities_are_asked_for_at_once_the_vault_is_read_for_sixteen_at_a_time_and_each_gets_its_keys()
    {
        var cities = Enumerable.Range(1, 50).Select(n => CityId.Parse($"city-{n}")).ToArray();
        foreach (var city in cities)
        {
            _vault.Add($"{city}-es256", $"v-{city}");
        }

        var thinks = new TaskCompletionSource();
        _vault.Thinks = thinks.Task;

        var reads = cities.Select(c => _signer.KeysAsync(c, TestContext.Current.CancellationToken).AsTask()).ToArray();
        var atOnce = await SettledAsync(() => _vault.Listings);
        thinks.SetResult();
        var keys = await Task.WhenAll(reads);

        Assert.Equal(16, atOnce);
        Assert.Equal(cities.Select(c => $"v-{c}"), keys.Select(k => Assert.Single(k).KeyId));
        Assert.Equal(2 * cities.Length, _vault.Listings);
    }

    [Fact]
    public async Task A_disabled_an_expired_and_a_future_version_do_not_sign()
    {
        _vault.Add("plymouth-es256", "good");
        _vault.Add("plymouth-es256", "disabled").Enabled = false;
        _vault.Add("plymouth-es256", "expired", expiresOn: _time.GetUtcNow());
        _vault.Add("plymouth-es256", "future", notBefore: _time.GetUtcNow().AddDays(1));

        Assert.Equal("good", (await CurrentAsync()).KeyId);
    }

    [Fact]
    public async Task A_signature_that_does_not_verify_does_not_leave_and_the_alert_hears_of_it()
    {
        _vault.Add("plymouth-es256", "v1");
        var key = await CurrentAsync();
        _vault.SignsWrongly = true;

        await Assert.ThrowsAsync<CryptographicException>(
            async () => await _signer.SignAsync(key, Digest, TestContext.Current.CancellationToken));

        Assert.Equal(["Signing failed for plymouth with key v1"], _lines.Said);
    }

    // Once it has been the same for a while.
    private static async Task<int> SettledAsync(Func<int> count)
    {
        var (now, same) = (count(), 0);
        while (same < 10)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
            (now, same) = count() == now ? (now, now > 0 ? same + 1 : 0) : (count(), 0);
        }

        return now;
    }

    private async Task<string> PublishedAsync() =>
        string.Join(',', (await _signer.KeysAsync(SampleCity.Plymouth, TestContext.Current.CancellationToken)).Select(k => k.KeyId));

    private async Task<SigningKey> CurrentAsync(SigningAlgorithm algorithm = SigningAlgorithm.ES256) =>
        await _signer.CurrentKeyAsync(SampleCity.Plymouth, algorithm, TestContext.Current.CancellationToken);

    private sealed class Lines : ILogger<KeyVaultSigner>
    {
        public List<string> Said { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) => Said.Add(formatter(state, exception));
    }
}
