using CitiesOfLearning.Hub.Identifiers;
using Microsoft.Extensions.Configuration;

namespace CitiesOfLearning.Hub.Webhooks;

/// <summary>
/// The secrets of a source, from settings <c>Sources:{city}:{source}:Secret</c> and <c>…:NextSecret</c>: two live ones, so that a sender
/// can change over without losing a delivery. Read each time: a changed setting holds at once.
/// </summary>
/// <remarks>
/// The name of an app setting in Azure takes no hyphen (https://learn.microsoft.com/azure/app-service/configure-common), and no id has an
/// underscore: the secret of code-club may stand under code_club.
/// </remarks>
public sealed class SourceSecrets(IConfiguration configuration)
{
    public (string? Current, string? Next) Find(CityId city, string source)
    {
        var plain = configuration.GetSection("Sources").GetSection(city.ToString()).GetSection(source);
        var inAzure = configuration.GetSection("Sources").GetSection(Underscored(city.ToString())).GetSection(Underscored(source));
        return (Known(plain["Secret"]) ?? Known(inAzure["Secret"]), Known(plain["NextSecret"]) ?? Known(inAzure["NextSecret"]));
    }

    // A reference that the platform could not resolve is left as it stands, and everybody can guess how it reads.
    private static string? Known(string? text) =>
        string.IsNullOrEmpty(text) || text.StartsWith("@Microsoft.KeyVault(", StringComparison.OrdinalIgnoreCase) ? null : text;

    private static string Underscored(string id) => id.Replace('-', '_');
}
