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

    public static DevHostException NotBuilt(string folder) => new(
        $"The app is not built: there is none in {folder}. Build and start it:\n  dotnet run --project functions/App");
}
