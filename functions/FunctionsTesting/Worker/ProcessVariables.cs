namespace CitiesOfLearning.FunctionsTesting.Worker;

/// <summary>
/// Variables of the process that the worker reads while its builder is made, its functions load and its endpoints are built, and never
/// later. So apps start one after the other, and then run side by side.
/// </summary>
internal sealed class ProcessVariables : IDisposable
{
    private static readonly SemaphoreSlim Gate = new(1);

    private readonly Dictionary<string, string?> _before;

    private ProcessVariables(Dictionary<string, string?> values)
    {
        _before = values.Keys.ToDictionary(name => name, Environment.GetEnvironmentVariable);
        Apply(values);
    }

    public static ProcessVariables Set(string appFolder, string environmentName, string applicationName)
    {
        // Waits on a task, since the thread pool makes up for threads that do, and the app that is starting needs some.
        Gate.WaitAsync().GetAwaiter().GetResult();
        return new ProcessVariables(new()
        {
            ["FUNCTIONS_APPLICATION_DIRECTORY"] = appFolder,
            ["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated",
            ["AZURE_FUNCTIONS_ENVIRONMENT"] = environmentName,
            ["AZURE_FUNCTIONS_CONTENTROOT"] = appFolder,
            ["AZURE_FUNCTIONS_APPLICATIONNAME"] = applicationName,
        });
    }

    public void Dispose()
    {
        Apply(_before);
        Gate.Release();
    }

    private static void Apply(Dictionary<string, string?> values)
    {
        foreach (var (name, value) in values)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }
}
