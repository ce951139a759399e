using System.Diagnostics;
using CitiesOfLearning.FunctionsHost.Protocol;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.FunctionsHost;

/// <summary>The worker: started, started again when it goes, asked to end.</summary>
internal sealed partial class WorkerProcess(FunctionsAppHostOptions options, WorkerEndpoint endpoint, Action<string> fail)
    : IAsyncDisposable
{
    private const int MaxFailedStarts = 3;

    // 128 and SIGKILL: by somebody else, which is not the app's fault.
    private const int Killed = 137;

    // Its functions may be loaded before the rest of the app fails to start.
    private static readonly TimeSpan ShortLife = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    private readonly ILogger _logger = options.LoggerFactory.CreateLogger("Host.Worker");
    private readonly WorkerLog _log = new(options.LoggerFactory);
    private readonly CancellationTokenSource _stop = new();
    private volatile TaskCompletionSource<WorkerChannel> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile WorkerChannel? _channel;
    private volatile Process? _process;
    private volatile bool _isKilled;
    private Task _running = Task.CompletedTask;

    public int? ProcessId => _process?.Id;

    public int InFlight => _channel?.InFlight ?? 0;

    /// <summary>The worker that runs, or the next one.</summary>
    public Task<WorkerChannel> ReadyAsync(CancellationToken cancellationToken) => _ready.Task.WaitAsync(cancellationToken);

    public void Start() => _running = RunAsync();

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        _isKilled = true;
        Kill(_process);
    }

    /// <summary>Asks it to end, and ends it where it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _channel?.Terminate(StopPatience);
        try
        {
            await _running.WaitAsync(StopPatience);
        }
        catch (TimeoutException)
        {
            Kill();
            await _running;
        }

        _stop.Dispose();
        _channel?.Dispose();
        _process?.Dispose();
    }

    private async Task RunAsync()
    {
        var (hasRun, failedStarts) = (false, 0);
        while (!_stop.IsCancellationRequested)
        {
            var lived = await RunOnceAsync();
            (hasRun, failedStarts) = lived ? (true, 0) : (hasRun, failedStarts + 1);

            // What fails at the very first start fails each time.
            if (!_stop.IsCancellationRequested && failedStarts >= (hasRun ? MaxFailedStarts : 1))
            {
                const string Sentence = "The app's worker does not start. What it said is above.";
                _ready.TrySetException(new WorkerException(Sentence));
                _ = _ready.Task.Exception;
                fail(Sentence);
                return;
            }

            if (failedStarts > 0)
            {
                await Task.Delay(FirstPause * failedStarts, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <returns>Whether it started, and ran for a while or was killed.</returns>
    private async Task<bool> RunOnceAsync()
    {
        var id = WorkerChannel.NewId();
        using var channel = _channel = new WorkerChannel(options.AppFolder);
        channel.Logged += line => _log.Write(line, channel.IsCancelled(line.InvocationId));
        endpoint.Expect(id, channel);
        var began = Stopwatch.GetTimestamp();
        _isKilled = false;
        try
        {
            using var process = _process = Process.Start(WorkerCommand.Create(options.AppFolder, endpoint.Address, id, options.Settings))!;
            var exited = process.WaitForExitAsync(CancellationToken.None);
            var isReady = await BecomesReadyAsync(channel, exited);
            if (isReady)
            {
                var took = Stopwatch.GetElapsedTime(began);
                Log.Ready(_logger, process.Id, channel.Functions.Count, took);
                _ready.TrySetResult(channel);
                began = Stopwatch.GetTimestamp();
            }
            else if (!_stop.IsCancellationRequested)
            {
                Kill(process);
            }

            await EndsAsync(process, channel, exited);
            if (!_stop.IsCancellationRequested)
            {
                Log.Gone(_logger, process.Id, process.ExitCode);
            }

            return isReady && (_isKilled || process.ExitCode is Killed || Stopwatch.GetElapsedTime(began) > ShortLife);
        }
        catch (Exception e)
        {
            // No dotnet, or a build that is being written at this moment.
            Log.NotStarted(_logger, e.Message);
            return false;
        }
        finally
        {
            (_process, _channel) = (null, null);
            if (_ready.Task.IsCompleted)
            {
                _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            endpoint.Forget(id);
        }
    }

    /// <summary>A process that has ended the conversation, and yet does not go, is of no more use.</summary>
    private static async Task EndsAsync(Process process, WorkerChannel channel, Task exited)
    {
        await Task.WhenAny(exited, channel.Gone);
        try
        {
            await exited.WaitAsync(StopPatience);
        }
        catch (TimeoutException)
        {
            Kill(process);
            await exited;
        }
    }

    private async Task<bool> BecomesReadyAsync(WorkerChannel channel, Task exited)
    {
        try
        {
            await Task.WhenAny(channel.Ready, exited).WaitAsync(StartPatience, _stop.Token);
            if (channel.Ready.IsCompletedSuccessfully)
            {
                return true;
            }

            if (channel.Ready is { IsFaulted: true, Exception.InnerException: { } why })
            {
                Log.NotStarted(_logger, why.Message);
            }
        }
        catch (TimeoutException)
        {
            Log.NotStarted(_logger, $"it has not loaded its functions within {StartPatience.TotalSeconds:0} s");
        }
        catch (OperationCanceledException)
        {
            Kill();
        }

        return false;
    }

    private static void Kill(Process? process)
    {
        try
        {
            process?.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has gone already.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The worker (process {ProcessId}) has loaded {Functions} functions after {Took}")]
        public static partial void Ready(ILogger logger, int processId, int functions, TimeSpan took);

        [LoggerMessage(2, LogLevel.Warning, "The worker (process {ProcessId}) has gone with exit code {ExitCode}; another takes its place")]
        public static partial void Gone(ILogger logger, int processId, int exitCode);

        [LoggerMessage(3, LogLevel.Error, "The worker did not start: {Reason}")]
        public static partial void NotStarted(ILogger logger, string reason);
    }
}
