using System.Globalization;
using CitiesOfLearning.DevHost.Settings;
using CitiesOfLearning.DevHost.Storage;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Benchmarks.StartUp;

/// <summary>
/// From the start of the process to its first answer: the Release build of the hub and an empty minimal API in turn, so that whatever
/// else the machine does meets both. Goal: at most 2 ×.
/// </summary>
internal static class StartUpCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var rounds = new CommandLine(args, "rounds").Number("rounds", 15);
            var (hub, empty) = (Build("functions/App", "CitiesOfLearning.App"), Build("tests/EmptyApi", "CitiesOfLearning.EmptyApi"));
            using var ports = PortBlock.FindFree(4);
            var folder = Directory.CreateTempSubdirectory("hub-startup-").FullName;
            try
            {
                await using var azurite = await Azurite.StartAsync(
                    new AzuriteOptions(ports.First, folder, InMemory: true), Console.WriteLine, CancellationToken.None);
                await MeasureAsync(rounds, new MeasuredApp(hub, ports.First + 3, HubSettings(ports.First, folder)), new MeasuredApp(empty, ports.First + 3, EmptySettings(ports.First)));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }

            return 0;
        }
        catch (CommandException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static async Task MeasureAsync(int rounds, MeasuredApp hub, MeasuredApp empty)
    {
        var (hubTimes, emptyTimes, ratios) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round <= rounds; round++)
        {
            var (emptyTook, hubTook) = (await empty.FirstAnswerAsync(), await hub.FirstAnswerAsync());

            // The first round reads the files into memory and makes the hub's keys.
            if (round > 0)
            {
                emptyTimes.Add(emptyTook.TotalMilliseconds);
                hubTimes.Add(hubTook.TotalMilliseconds);
                ratios.Add(hubTook / emptyTook);
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            start to first answer, median of {rounds}
            empty minimal API   {Median.Of(emptyTimes):F0} ms
            hub                 {Median.Of(hubTimes):F0} ms
            ratio               {Median.Of(ratios):F2} (goal: at most 2)
            """));
    }

    private static string Build(string project, string assembly)
    {
        var path = Path.Combine(Repository.Root, project, "bin", "Release", "net10.0", $"{assembly}.dll");
        return File.Exists(path) ? path : throw new CommandException($"{path} is not there. Build it: dotnet build {project} -c Release");
    }

    private static Dictionary<string, string> HubSettings(int port, string folder) => new()
    {
        ["AzureWebJobsStorage"] = Azurite.ConnectionString(port),
        ["Local__DataFolder"] = Path.Combine(folder, "data"),
        ["Local__Port"] = (port + 3).ToString(CultureInfo.InvariantCulture),
    };

    private static Dictionary<string, string> EmptySettings(int port) => new()
    {
        ["ASPNETCORE_URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port + 3}"),
    };
}
