using System.Text.Json;
using CitiesOfLearning.DevHost.Settings;

namespace CitiesOfLearning.DevHost;

/// <summary>Where the app was built to.</summary>
internal static class AppFolder
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    /// <summary>What --App says, or what was built in the same configuration as this program.</summary>
    public static string Of(DevSettings settings) => Path.GetFullPath(
        settings.Text("App") ?? Path.Combine(settings.Root, "functions", "App", "bin", Configuration, "net10.0"));

    /// <exception cref="DevHostException">There is no app to run in it.</exception>
    public static void Check(string folder)
    {
        var described = Path.Combine(folder, "worker.config.json");
        if (!File.Exists(described) || !File.Exists(Path.Combine(folder, Worker(described))))
        {
            throw new DevHostException(
                $"The app is not built: there is none in {folder}. Build and start it:\n  dotnet run --project functions/App");
        }
    }

    // https://github.com/Azure/azure-functions-host/wiki/Creating-a-Worker-Configuration-File
    private static string Worker(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            return json.RootElement.GetProperty("description").GetProperty("defaultWorkerPath").GetString() ?? "";
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new DevHostException($"{file} cannot be read: {e.Message} Build the app again:\n  dotnet build functions/App --no-incremental");
        }
    }
}
