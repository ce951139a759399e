using CitiesOfLearning.Hub;
using CitiesOfLearning.Hub.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CitiesOfLearning.Operator;

/// <summary>The hub's services for a command, which signs in as whoever is signed in to the Azure CLI or azd.</summary>
internal static class OperatorHost
{
    /// <param name="rules">What the settings must say.</param>
    /// <returns>Null if the settings do not do, which is written out.</returns>
    public static async Task<IHost?> BuildAsync(HubOptionsValidator rules, string[] settings, TextWriter output)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddEnvironmentVariables().AddCommandLine(settings);

        // The address becomes part of what is published, for ever.
        if (rules.Problems(builder.Configuration) is { Count: > 0 } problems)
        {
            await output.WriteLineAsync(string.Join(Environment.NewLine, problems));
            return null;
        }

        builder.Services.AddSingleton<IValidateOptions<HubOptions>>(rules);
        builder.Services.AddLogging();
        builder.AddHub();
        return builder.Build();
    }
}
