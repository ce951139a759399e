using Microsoft.Extensions.Configuration;

namespace CitiesOfLearning.Home;

/// <summary>Refuses to start with settings that belong on a laptop, each with one clear line.</summary>
internal static class StartUpChecks
{
    // The values of localsettings-sample/local.settings.json: everybody knows them.
    private static readonly HashSet<string> SampleSecrets = ["local-moodle-token", "It's a Secret to Everybody", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"];

    /// <exception cref="InvalidOperationException">A setting is missing or unsafe.</exception>
    public static void Run(IConfiguration configuration)
    {
        Require(configuration["Hub:PublicUrl"]?.StartsWith("https://", StringComparison.Ordinal) == true, "Hub__PublicUrl must begin with https://.");
        Require(configuration["Hub:KeyVaultUrl"]?.StartsWith("https://", StringComparison.Ordinal) == true, "Hub__KeyVaultUrl must be the vault's https address.");
        Require(IsKey(configuration["Hub:DataKey"]), "Hub__DataKey must be 32 bytes in base64.");
        Require(IsKey(configuration["Hub:HashKey"]), "Hub__HashKey must be 32 bytes in base64.");
        foreach (var (name, value) in configuration.GetSection("Sources").AsEnumerable())
        {
            Require(value is null || !SampleSecrets.Contains(value), $"{name.Replace(":", "__", StringComparison.Ordinal)} is a sample secret that everybody knows; choose another.");
        }
    }

    private static bool IsKey(string? text)
    {
        Span<byte> key = stackalloc byte[33];
        return text is not null && Convert.TryFromBase64String(text, key, out var length) && length == 32;
    }

    private static void Require(bool kept, string line)
    {
        if (!kept)
        {
            throw new InvalidOperationException(line);
        }
    }
}
