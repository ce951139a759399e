using System.Security.Cryptography;
using CitiesOfLearning.Home;
using CitiesOfLearning.Hub.Credentials;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CitiesOfLearning.Infra.Tests.Azure;

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

        Assert.Equal(("v1", "plymouth"), (key.KeyId, key.City));
        Assert.True(key.Verifies(Digest, signature));
    }

    [Fact]
    public async Task A_city_without_a_key_signs_nothing()
    {
        _vault.Add("brighton-es256", "v1");

        Assert.Empty(await _signer.KeysAsync("plymouth", TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<InvalidOperationException>(() => CurrentAsync());
    }

    [Fact]
    public async Task A_rotation_is_seen_within_five_minutes_and_the_old_key_stays_published()
    {
        _vault.Add("plymouth-es256", "v1");
        await CurrentAsync();
        _time.Advance(TimeSpan.FromMinutes(4));
        _vault.Add("plymouth-es256", "v2");

        var soon = (await CurrentAsync()).KeyId;
        _time.Advance(TimeSpan.FromMinutes(1));
        var later = (await CurrentAsync()).KeyId;

        Assert.Equal(("v1", "v2"), (soon, later));
        Assert.Equal(["v1", "v2"], (await _signer.KeysAsync("plymouth", TestContext.Current.CancellationToken)).Select(k => k.KeyId));
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

        await Assert.ThrowsAsync<CryptographicException>(async () => await _signer.SignAsync(key, Digest, TestContext.Current.CancellationToken));

        Assert.Equal(["Signing failed for plymouth with key v1"], _lines.Said);
    }

    private async Task<SigningKey> CurrentAsync(SigningAlgorithm algorithm = SigningAlgorithm.ES256) =>
        await _signer.CurrentKeyAsync("plymouth", algorithm, TestContext.Current.CancellationToken);

    private sealed class Lines : ILogger<KeyVaultSigner>
    {
        public List<string> Said { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Said.Add(formatter(state, exception));
    }
}
