using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace CitiesOfLearning.FunctionsHost;

/// <summary>
/// How a worker is started. Only four arguments are read by it; what it reads from the environment is named here, and nothing else.
/// </summary>
internal static class WorkerCommand
{
    private const string Loopback = "127.0.0.1,localhost";
    private const string Hooks = "DOTNET_STARTUP_HOOKS";

    public static bool IsBuilt(string folder) => File.Exists(Path.Combine(folder, "worker.config.json")) && File.Exists(Assembly(folder));

    /// <param name="folder">The app's output folder.</param>
    /// <param name="endpoint">Where the host listens to workers.</param>
    /// <param name="workerId">What the worker will say it is.</param>
    /// <param name="settings">The app's.</param>
    public static ProcessStartInfo Create(string folder, string endpoint, string workerId, IReadOnlyDictionary<string, string?> settings)
    {
        string[] arguments =
        [
            Assembly(folder),
            "--functions-uri", endpoint,
            "--functions-worker-id", workerId,
            "--functions-request-id", workerId,
            "--functions-grpc-max-message-length", int.MaxValue.ToString(CultureInfo.InvariantCulture),
        ];
        var start = new ProcessStartInfo(Dotnet(), arguments) { WorkingDirectory = folder, RedirectStandardInput = true };
        if (OperatingSystem.IsWindows())
        {
            // Ctrl-C is for the host alone, which needs its worker to finish what is in hand. Elsewhere the start-up hook sees to it.
            start.CreateNewProcessGroup = true;
        }

        var environment = start.Environment;
        foreach (var (name, value) in settings)
        {
            environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        environment["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated";
        environment["FUNCTIONS_WORKER_DIRECTORY"] = folder;
        environment["FUNCTIONS_APPLICATION_DIRECTORY"] = folder;
        environment.TryAdd("AZURE_FUNCTIONS_ENVIRONMENT", "Development");

        // The worker's gRPC client would go through a proxy even to this machine.
        // The lower-case one counts where both are set.
        environment["no_proxy"] = environment["NO_PROXY"] = Join(Known("no_proxy") ?? Known("NO_PROXY"), Loopback, ',');
        environment[Hooks] = Join(Known(Hooks), typeof(WorkerCommand).Assembly.Location, Path.PathSeparator);
        return start;

        string? Known(string name) => environment.TryGetValue(name, out var value) ? value : null;
    }

    private static string Assembly(string folder)
    {
        using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "worker.config.json")));
        return Path.Combine(folder, config.RootElement.GetProperty("description").GetProperty("defaultWorkerPath").GetString()!);
    }

    // The one that runs this process, if it is no program of its own.
    private static string Dotnet() =>
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path).Equals("dotnet", StringComparison.OrdinalIgnoreCase)
            ? path
            : "dotnet";

    private static string Join(string? before, string value, char separator) =>
        before is { Length: > 0 } ? $"{before}{separator}{value}" : value;
}
