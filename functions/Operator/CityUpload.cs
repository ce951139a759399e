using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace CitiesOfLearning.Operator;

/// <summary>
/// Uploads cities to a hub in Azure as the laptop loads them at start: each is checked as a whole, kept under its version, and takes effect
/// in one step.
/// </summary>
public static class CityUpload
{
    private const string Usage = """
        dotnet run --project functions/Operator -- {folder with a folder for each city}
        dotnet run --project functions/Operator -- upload-roster {city} {source} {file.csv}
        dotnet run --project functions/Operator -- replay [--all | --queue {queue} | {id} ...]

        Set Hub__PublicUrl to the hub's own address, and AzureWebJobsStorage__accountName to its storage account.
        """;

    /// <returns>0 if every city is active; 1 if one has errors, which are written out; 2 if nothing was tried.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken cancellationToken)
    {
        if (args is not [{ Length: > 0 } folder, .. var settings] || folder.StartsWith('-'))
        {
            await output.WriteLineAsync(Usage);
            return 2;
        }

        using var host = await OperatorHost.BuildAsync(HubOptionsValidator.Upload, settings, output);
        return host is null ? 2
            : await CityFolder.LoadAsync(folder, host.Services.GetRequiredService<CityStore>(), null, output, cancellationToken) ? 0
            : 1;
    }
}
