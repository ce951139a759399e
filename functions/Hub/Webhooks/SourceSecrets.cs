using Microsoft.Extensions.Configuration;

namespace CitiesOfLearning.Hub.Webhooks;

/// <summary>
/// The secrets of a source, from settings <c>Sources:{city}:{source}:Secret</c> and <c>…:NextSecret</c>: two live ones, so that a sender can
/// change over without losing a delivery. Read each time: a changed setting holds at once.
/// </summary>
public sealed class SourceSecrets(IConfiguration configuration)
{
    public (string? Current, string? Next) Find(string city, string source)
    {
        var settings = configuration.GetSection("Sources").GetSection(city).GetSection(source);
        return (NotEmpty(settings["Secret"]), NotEmpty(settings["NextSecret"]));
    }

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
