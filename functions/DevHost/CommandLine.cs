namespace CitiesOfLearning.DevHost;

/// <summary>What the words of the command line ask for; the rest of it are settings.</summary>
internal sealed record CommandLine(bool AsksForHelp, bool AsksForServices, string[] Settings)
{
    public const string Help = """
        dotnet run --project functions/App                       starts the hub on this machine; Ctrl-C stops it
        dotnet run --project functions/DevHost -- services       starts all but the app, for func start

        Settings are given in the environment, such as Local__Port=7072, or behind "--", such as --Local:Port=7072:

          Local__Port           where it listens; 0 finds a free port
          Local__StoragePort    the first of three ports of the storage emulator; 0 finds free ones
          Local__DataFolder     where keys, storage and mailbox are
          Local__CitiesFolder   the cities to load
          Hub__PublicUrl        where the world sees the hub
          AzureWebJobsStorage   another storage than its own
          Logging__LogLevel__Default

        docs/settings.md has all of them, docs/development.md what to do with a hub that runs.
        """;

    private const string Services = "services";

    /// <exception cref="DevHostException">There is a word that means nothing.</exception>
    public static CommandLine Read(string[] args)
    {
        var words = args.Where((arg, index) => !IsSetting(arg) && !(index > 0 && AwaitsValue(args[index - 1]))).ToList();
        return Array.Exists(args, arg => arg is "--help" or "-h" or "-?" or "/?") || words.Contains("help")
            ? new CommandLine(true, false, [])
            : words.Find(word => word != Services) is { } unknown
            ? throw new DevHostException($"\"{unknown}\" means nothing here: --help says what there is.")
            : new CommandLine(
                false,
                words.Contains(Services),
                [.. args.Where((arg, index) => !(arg == Services && !(index > 0 && AwaitsValue(args[index - 1]))))]);
    }

    private static bool IsSetting(string arg) => arg.StartsWith('-') || arg.StartsWith('/') || arg.Contains('=', StringComparison.Ordinal);

    // A setting may be written in two: --Local:Port 7072.
    private static bool AwaitsValue(string arg) => IsSetting(arg) && !arg.Contains('=', StringComparison.Ordinal);
}
