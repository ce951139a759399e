using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Learners;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace CitiesOfLearning.Operator;

/// <summary>
/// Uploads one source's roster, as the page <c>/manage/{city}/rosters</c> does. It reads people's names, so it needs the hub's own keys.
/// </summary>
public static class RosterCommand
{
    public const string Name = "upload-roster";

    private const string Usage = """
        dotnet run --project functions/Operator -- upload-roster {city} {source} {file.csv}

        Set Hub__PublicUrl to the hub's own address, AzureWebJobsStorage__accountName to its storage account, and Hub__DataKey and
        Hub__HashKey to the secrets hub-data-key and hub-hash-key of its vault.
        """;

    /// <param name="args">What stands behind the command's name.</param>
    /// <returns>0 if every line was taken; 1 if not, and why is written out; 2 if nothing was tried.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken cancellationToken)
    {
        if (args is not [var cityId, var sourceId, { Length: > 0 } file, .. var settings] || args.Take(3).Any(a => a.StartsWith('-')))
        {
            await output.WriteLineAsync(Usage);
            return 2;
        }

        if (!File.Exists(file))
        {
            await output.WriteLineAsync($"There is no file at {Path.GetFullPath(file)}");
            return 2;
        }

        using var host = await OperatorHost.BuildAsync(HubOptionsValidator.UploadOfPeople, settings, output);
        if (host is null)
        {
            return 2;
        }

        var city = await host.Services.GetRequiredService<CityDirectory>().FindAsync(cityId, cancellationToken);
        if (city?.Sources.GetValueOrDefault(sourceId) is not { } source)
        {
            await output.WriteLineAsync(
                city is null
                    ? $"The hub has no city \"{cityId}\"."
                    : $"The city has no source \"{sourceId}\"; it has: "
                        + string.Join(", ", city.Sources.Keys.Order(StringComparer.Ordinal)));
            return 2;
        }

        var receipt = await host.Services.GetRequiredService<RosterUpload>().TakeAsync(
            city,
            source,
            await File.ReadAllBytesAsync(file, cancellationToken),
            host.Services.GetRequiredService<TimeProvider>().GetUtcNow(),
            cancellationToken);
        await CityFolder.TellAsync(Path.GetFileName(file), receipt, output);
        return receipt.Refused.Count == 0 ? 0 : 1;
    }
}
