using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace CitiesOfLearning.DevHost.Storage;

/// <summary>How to run Azurite.</summary>
/// <param name="FirstPort">Blob; queue and table are the next two.</param>
/// <param name="Location">The folder of its files; one Azurite at a time may use it.</param>
/// <param name="InMemory">Keeps nothing on disk.</param>
/// <param name="Accounts">The accounts to serve, each with <see cref="Azurite.AccountKey"/>; null for devstoreaccount1.</param>
public sealed record AzuriteOptions(int FirstPort, string Location, bool InMemory = false, IReadOnlyList<string>? Accounts = null);

/// <summary>The storage emulator as a child process that cannot outlive this one (see guard.cjs).</summary>
public sealed class Azurite : IAsyncDisposable
{
    public const string Version = "3.37.0";

    public const string DefaultAccount = "devstoreaccount1";

    /// <summary>
    /// The emulator's published key, the same on every machine: https://learn.microsoft.com/azure/storage/common/storage-use-azurite
    /// </summary>
    public const string AccountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(15);

    // What guard.cjs says: that a file could not be saved and why, and that all are saved again.
    private const string Unsaved = "unsaved ";
    private const string Saved = "saved";
    private const string Unfinished = "~";

    private readonly Process _process;
    private readonly Action<string> _say;
    private readonly AzuriteOptions _options;
    private readonly ConcurrentQueue<string> _lastWords = new();
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _stopping;
    private volatile string? _unsaved;

    private Azurite(Process process, AzuriteOptions options, Action<string> say)
    {
        _say = say;
        _process = process;
        _options = options;
        ProcessId = process.Id;
        process.OutputDataReceived += (_, line) => Remember(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.Exited += (_, _) => _exited.TrySetResult();
        process.EnableRaisingEvents = true;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int ProcessId { get; }

    /// <summary>Completes when the process is gone, for whatever reason.</summary>
    public Task Exited => _exited.Task;

    /// <summary>Whether it went without being asked.</summary>
    public bool HasFailed => _exited.Task.IsCompleted && !_stopping;

    /// <summary>Once it is stopped: what it could not save, and what to do, for a person; null if it is all there.</summary>
    public string? Lost { get; private set; }

    /// <summary>Its last lines of output, for a person.</summary>
    public string LastWords => AzuritePackage.Indent(string.Join('\n', _lastWords));

    /// <summary>Starts it and returns when all three services answer. Says what takes long.</summary>
    /// <exception cref="DevHostException">It did not start; the message says why.</exception>
    public static Task<Azurite> StartAsync(AzuriteOptions options, Action<string> say, CancellationToken cancellationToken) =>
        StartAsync(options, _ => { }, say, cancellationToken);

    internal static async Task<Azurite> StartAsync(
        AzuriteOptions options, Action<int> started, Action<string> say, CancellationToken cancellationToken)
    {
        var (guard, main) = await AzuritePackage.LocateAsync(say, cancellationToken);
        Directory.CreateDirectory(options.Location);
        var azurite = new Azurite(AzuritePackage.Start(Command(guard, main, options)), options, say);
        try
        {
            started(azurite.ProcessId);
            await azurite.WaitUntilItAnswersAsync(cancellationToken);
            return azurite;
        }
        catch
        {
            await azurite.DisposeAsync();
            throw;
        }
    }

    /// <summary>The connection string of one of its accounts.</summary>
    public static string ConnectionString(int firstPort, string account = DefaultAccount) => string.Create(
        CultureInfo.InvariantCulture,
        $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={AccountKey};" +
        $"BlobEndpoint=http://127.0.0.1:{firstPort}/{account};" +
        $"QueueEndpoint=http://127.0.0.1:{firstPort + 1}/{account};" +
        $"TableEndpoint=http://127.0.0.1:{firstPort + 2}/{account}");

    /// <summary>Asks it to write what it holds and waits until it is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping)
        {
            return;
        }

        var wasRunning = !_exited.Task.IsCompleted;
        _stopping = true;
        CloseInput();
        try
        {
            await _exited.Task.WaitAsync(StopPatience);
            Lost = wasRunning && _process.ExitCode != 0 ? Loss(_unsaved ?? $"it ended with exit code {_process.ExitCode}") : null;
        }
        catch (TimeoutException)
        {
            Lost = Loss(_unsaved ?? $"it did not end within {StopPatience.TotalSeconds:0} s");
            _process.Kill(entireProcessTree: true);
            await _exited.Task;
        }

        _process.Dispose();
    }

    /// <summary>Whether it is one that was started here: with the guard, or where the system does not show that, at least Node.</summary>
    internal static bool Is(Process process) => OperatingSystem.IsLinux()
        ? File.ReadAllText($"/proc/{process.Id}/cmdline").Contains(AzuritePackage.GuardFile, StringComparison.Ordinal)
        : process.ProcessName.Equals("node", StringComparison.OrdinalIgnoreCase);

    private static ProcessStartInfo Command(string guard, string main, AzuriteOptions options)
    {
        var port = options.FirstPort;
        string[] arguments =
        [
            guard, "run", main,
            "--silent", "--disableTelemetry", "--skipApiVersionCheck",
            "--blobHost", "127.0.0.1", "--blobPort", $"{port}",
            "--queueHost", "127.0.0.1", "--queuePort", $"{port + 1}",
            "--tableHost", "127.0.0.1", "--tablePort", $"{port + 2}",
            .. options.InMemory ? (string[])["--inMemoryPersistence"] : ["--location", options.Location],
        ];
        var start = new ProcessStartInfo("node", arguments)
        {
            WorkingDirectory = options.Location,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("AZURITE_ACCOUNTS");
        if (options.Accounts is { } accounts)
        {
            start.Environment["AZURITE_ACCOUNTS"] = string.Join(';', accounts.Select(account => $"{account}:{AccountKey}"));
        }

        return start;
    }

    private async Task WaitUntilItAnswersAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (!AzuriteProbe.Answers(_options.FirstPort, TimeSpan.FromSeconds(2)))
        {
            if (_exited.Task.IsCompleted || Stopwatch.GetElapsedTime(started) > StartPatience)
            {
                throw new DevHostException(
                    $"The storage emulator did not start on ports {_options.FirstPort} to {_options.FirstPort + 2}:\n{LastWords}");
            }

            await Task.Delay(50, cancellationToken);
        }
    }

    private string Loss(string reason)
    {
        // Of those that were not written to their end.
        var saved = Directory.EnumerateFileSystemEntries(_options.Location, "*.json" + Unfinished)
            .Select(file => file[..^Unfinished.Length]).Where(File.Exists).Select(File.GetLastWriteTime).DefaultIfEmpty().Min();
        var since = saved == default ? "the last start" : saved.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        return $"The storage emulator could not save all that it holds: {reason}\n" +
            $"What happened since {since} may be lost. Make room, or make {_options.Location} writable, before you start again.";
    }

    private void Hear(string? line)
    {
        Remember(line);
        if (line?.StartsWith(Unsaved, StringComparison.Ordinal) == true)
        {
            _unsaved = line[Unsaved.Length..];
            _say(
                $"Storage cannot save what it holds: {_unsaved}\nMake room, or make {_options.Location} writable: it tries again every " +
                "second.");
        }
        else if (line == Saved)
        {
            _unsaved = null;
            _say("Storage has saved what it holds.");
        }
    }

    private void CloseInput()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // it is gone already
        }
    }

    private void Remember(string? line)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            _lastWords.Enqueue(line);
            if (_lastWords.Count > 20)
            {
                _lastWords.TryDequeue(out _);
            }
        }
    }
}
