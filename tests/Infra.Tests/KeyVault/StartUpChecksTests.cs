using System.Text.Json.Nodes;
using CitiesOfLearning.KeyVault;
using CitiesOfLearning.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace CitiesOfLearning.Infra.Tests.KeyVault;

public sealed class StartUpChecksTests
{
    private const string AKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static readonly Dictionary<string, string?> Good = new()
    {
        ["Hub:PublicUrl"] = "https://badges.example.org",
        ["Hub:KeyVaultUrl"] = "https://kv-badges.vault.azure.net/",
        ["Hub:DataKey"] = AKey,
        ["Hub:HashKey"] = AKey,
        ["Sources:plymouth:moodle:Secret"] = "only the two of us know",
    };

    public static TheoryData<string> SampleSecrets =>
    [
        .. JsonNode.Parse(
            File.ReadAllText(Path.Combine(Repository.Root, "localsettings-sample", "local.settings.json")))!["Values"]!.AsObject()
            .Where(v => v.Key.StartsWith("Sources__", StringComparison.Ordinal)).Select(v => (string)v.Value!).Distinct(),
    ];

    [Fact]
    public void Good_settings_start_the_hub() => Assert.Empty(StartUpChecks.Problems(With("Hub:PublicUrl", "https://badges.example.org")));

    [Fact]
    public void An_address_with_a_path_is_told_that_the_hub_has_a_host_to_itself()
    {
        var problem = Assert.Single(StartUpChecks.Problems(With("Hub:PublicUrl", "https://example.org/badges")));

        Assert.StartsWith("Hub__PublicUrl must end with the host or the port, without a path", problem);
    }

    [Theory]
    [InlineData("Hub:PublicUrl", null)]
    [InlineData("Hub:PublicUrl", "")]
    [InlineData("Hub:PublicUrl", "badges.example.org")]
    [InlineData("Hub:PublicUrl", "http://badges.example.org")]
    [InlineData("Hub:KeyVaultUrl", null)]
    [InlineData("Hub:KeyVaultUrl", "http://kv-badges.vault.azure.net/")]
    [InlineData("Hub:PublicUrl", "https://badges.example.org?a=b")]
    [InlineData("Hub:PublicUrl", "https://example.org/badges")]
    [InlineData("Hub:PublicUrl", "https://example.org/badges/")]
    [InlineData("Hub:GraphUrl", "http://graph.microsoft.com/v1.0")]
    [InlineData("Hub:GraphUrl", "nonsense")]
    [InlineData("Hub:DataKey", null)]
    [InlineData("Hub:DataKey", "AAECAw==")]
    [InlineData("Hub:DataKey", "not base64")]
    [InlineData("Hub:HashKey", null)]
    [InlineData("Hub:HashKey", AKey + AKey)]
    [InlineData("Hub:HashKey", "@Microsoft.KeyVault(SecretUri=https://kv-badges.vault.azure.net/secrets/hub-hash-key)")]
    public void A_missing_or_unsafe_setting_is_told_in_one_line_that_names_it(string name, string? value)
    {
        var problem = Assert.Single(StartUpChecks.Problems(With(name, value)));

        Assert.StartsWith(name.Replace(":", "__") + " ", problem);
        Assert.DoesNotContain('\n', problem);
    }

    [Theory]
    [MemberData(nameof(SampleSecrets))]
    public void A_secret_that_everybody_knows_is_refused_and_not_repeated(string secret)
    {
        var problem = Assert.Single(StartUpChecks.Problems(With("Sources:plymouth:code_club:NextSecret", secret)));

        Assert.StartsWith("Sources__plymouth__code_club__NextSecret ", problem);
        Assert.DoesNotContain(secret, problem);
    }

    /// <summary>It takes what anybody sends, so it has no key to what is encrypted.</summary>
    [Fact]
    public void An_app_that_verifies_only_starts_without_keys_and_with_nothing_less()
    {
        Dictionary<string, string?> settings = new(Good) { ["Hub:DataKey"] = null, ["Hub:HashKey"] = null, ["Hub:PublicUrl"] = null };

        var other = StartUpChecks.Problems(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        settings["Hub:VerifiesOnly"] = "true";
        var verifier = StartUpChecks.Problems(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());

        Assert.Equal(3, other.Count);
        Assert.StartsWith("Hub__PublicUrl ", Assert.Single(verifier));
    }

    [Fact]
    public void Every_problem_is_told_at_once() => Assert.Equal(4, StartUpChecks.Problems(new ConfigurationBuilder().Build()).Count);

    private static IConfiguration With(string name, string? value) =>
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(Good) { [name] = value }).Build();
}
