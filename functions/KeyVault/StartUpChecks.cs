using CitiesOfLearning.Hub.Settings;
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
        .. HubOptionsValidator.Published.Problems(configuration),
        .. configuration
            .GetSection("Sources")
            .AsEnumerable()
            .Where(s => s.Value is not null && SampleSecrets.Contains(s.Value))
            .Select(s => s.Key)
            .Order(StringComparer.Ordinal)
            .Select(
                name => $"{name.Replace(":", "__", StringComparison.Ordinal)} is a sample secret that everybody knows: choose another."),
    ];
}
