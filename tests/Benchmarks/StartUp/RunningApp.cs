using System.Diagnostics;
using System.Net;
using CitiesOfLearning.FunctionsHost;

namespace CitiesOfLearning.Benchmarks.StartUp;

/// <summary>
/// A built Functions app under functions/FunctionsHost: the host is in this process and warm after the first round, the worker is a new
/// process each time.
/// </summary>
internal sealed class RunningApp : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly FunctionsAppHost _host;
    private readonly HttpClient _client;
    private readonly long _began;

    private RunningApp(FunctionsAppHost host, long began)
    {
        _host = host;
        _began = began;
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = host.Address };
    }

    /// <param name="folder">Its output folder.</param>
    /// <param name="settings">Of the app, each key as "A:B".</param>
    /// <exception cref="WorkerException">It is not built.</exception>
    public static async Task<RunningApp> StartAsync(string folder, IReadOnlyDictionary<string, string?> settings)
    {
        var host = new FunctionsAppHost(new FunctionsAppHostOptions { AppFolder = folder, Port = 0, Settings = settings });
        var began = Stopwatch.GetTimestamp();
        await host.StartAsync(CancellationToken.None);
        return new RunningApp(host, began);
    }

    /// <summary>From its start until the answer at this path is 200. The host holds requests until the worker can take them.</summary>
    public async Task<TimeSpan> AnswersAsync(string path)
    {
        while (await StatusAsync(path) is var status && status != HttpStatusCode.OK)
        {
            if (_host.Failed.IsCompleted || Stopwatch.GetElapsedTime(_began) > Patience)
            {
                throw new CommandException(_host.Failed.IsCompleted ? await _host.Failed : $"{path} is still answered with {(int)status}.");
            }

            await Task.Delay(5);
        }

        return Stopwatch.GetElapsedTime(_began);
    }

    /// <summary>What its worker has used of the processors until now.</summary>
    public TimeSpan WorkerTime()
    {
        using var worker = Process.GetProcessById(_host.WorkerProcessId ?? throw new CommandException("The worker has gone."));
        return worker.TotalProcessorTime;
    }

    /// <summary>Until its queues and timers are listened to, so that their start is not measured with something else.</summary>
    public Task SettlesAsync() => _host.Ready;

    /// <summary>One request, in milliseconds, until its last byte is here.</summary>
    public async Task<double> GetAsync(string path)
    {
        var began = Stopwatch.GetTimestamp();
        var status = await StatusAsync(path);
        var took = Stopwatch.GetElapsedTime(began);
        return status == HttpStatusCode.OK
            ? took.TotalMilliseconds
            : throw new CommandException($"{path} was answered with {(int)status}.");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    private async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative));
        return answer.StatusCode;
    }
}
