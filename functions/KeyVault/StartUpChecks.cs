using Microsoft.Extensions.Configuration;

namespace CitiesOfLearning.KeyVault;

/// <summary>What keeps a published hub from starting: settings that belong on a laptop, or that are missing.</summary>
public static class StartUpChecks
{
    // The values of localsettings-sample/local.settings.json: everybody knows them.
    private static readonly HashSet<string> SampleSecrets = [
        "local-moodle-token",
        "It's a Secret to Everybody",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    ];

    /// <returns>One line for each problem; none when the hub may start. No line has a secret in it.</returns>
    public static IReadOnlyList<string> Problems(IConfiguration configuration) =>
    [
        .. Address(configuration, "Hub:PublicUrl", "where the world sees the hub", "https://badges.example.org"),
        .. Address(configuration, "Hub:KeyVaultUrl", "the vault with the signing keys", "https://kv-badges.vault.azure.net/"),
        .. Key(configuration, "Hub:DataKey"),
        .. Key(configuration, "Hub:HashKey"),
        .. configuration
            .GetSection("Sources")
            .AsEnumerable()
            .Where(s => s.Value is not null && SampleSecrets.Contains(s.Value))
            .Select(s => s.Key)
            .Order(StringComparer.Ordinal)
            .Select(name => $"{Setting(name)} is a sample secret that everybody knows: choose another."),
    ];

    private static IEnumerable<string> Address(IConfiguration configuration, string name, string what, string example) =>
        Uri.TryCreate(configuration[name], UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
            ? []
            : [$"{Setting(name)} must be an https address ({what}), such as {example}."];

    private static IEnumerable<string> Key(IConfiguration configuration, string name) => configuration[name] switch
    {
        null or "" => [$"{Setting(name)} is missing: it must be 32 bytes in base64."],
        var text when text.StartsWith("@Microsoft.KeyVault(", StringComparison.OrdinalIgnoreCase) =>
            [$"{Setting(name)} is a reference to the vault that was not resolved. Is the secret there? May the hub's identity read it?"],
        var text when !IsKey(text) => [$"{Setting(name)} must be 32 bytes in base64."],
        _ => [],
    };

    private static bool IsKey(string text)
    {
        Span<byte> key = stackalloc byte[33];
        return Convert.TryFromBase64String(text, key, out var length) && length == 32;
    }

    private static string Setting(string name) => name.Replace(":", "__", StringComparison.Ordinal);
}
