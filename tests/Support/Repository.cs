namespace CitiesOfLearning.Tests.Support;

/// <summary>Files of the repository that tests read in place.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string SampleCities { get; } = Path.Combine(Root, "localsettings-sample", "cities");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CitiesOfLearning.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds CitiesOfLearning.sln.");
    }
}
