using CitiesOfLearning.DevHost.Settings;

namespace CitiesOfLearning.DevHost;

/// <summary>Where the app was built to.</summary>
internal static class AppFolder
{
    /// <summary>What --App says, or what was built as this program was: in the same configuration, for the same framework.</summary>
    public static string Of(DevSettings settings)
    {
        var own = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return Path.GetFullPath(settings.Text("App") ?? Path.Combine(settings.Root, "functions", "App", "bin", own.Parent!.Name, own.Name));
    }

    public static DevHostException NotBuilt(string folder) => new(
        $"The app is not built: there is none in {folder}. Build and start it:\n  dotnet run --project functions/App");
}
