using System.Collections.Concurrent;
using System.Diagnostics;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using CitiesOfLearning.DevHost.Settings;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Settings;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Tests.Support;
using Microsoft.Extensions.Options;

namespace CitiesOfLearning.App.Tests.Journeys;

/// <summary>
/// The hub as people start it, a process of its own that can be killed and started again: its port, its data folder and its storage stay.
/// It needs a POSIX shell.
/// </summary>
public sealed class HubProcess : IAsyncDisposable
{
    // The hub ends with this process, however that ends: then the shell's input ends, and what the shell has become is killed.
    private const string Shell =
        """
        exec 3<&0
        (if read -r signal; then kill "-$signal" $$; else kill -KILL $$; fi) <&3 >/dev/null 2>&1 &
        exec dotnet "$0" "--App=$1" </dev/null 3<&-
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>What `dotnet run` starts, and the app that it runs, as they were built together with these tests.</summary>
    public static readonly string DevHost = Path.Combine(Built("DevHost"), "CitiesOfLearning.DevHost.dll");

    public static readonly string App = Built("App");

    private readonly ConcurrentQueue<string> _log = new();
    private readonly PortBlock _port = PortBlock.FindFree(1);
    private readonly string _data = Directory.CreateTempSubdirectory("hub-journey-").FullName;
    private readonly string _connection;
    private readonly (string Name, string Value)[] _settings;
    private Process? _process;

    private HubProcess(string connection, (string Name, string Value)[] settings)
    {
        _connection = connection;
        _settings = settings;
        Queues = new QueueServiceClient(connection);
        Storage = new HubStorage(new TableServiceClient(connection), new BlobServiceClient(connection), Queues);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri($"http://localhost:{_port.First}"),
        };
    }

    /// <summary>Follows no redirect and keeps no cookie.</summary>
    public HttpClient Client { get; }

    /// <summary>The storage that the hub uses, seen past the hub.</summary>
    public HubStorage Storage { get; }

    public QueueServiceClient Queues { get; }

    /// <summary>Every line that the hub has written, over all its lives.</summary>
    public IReadOnlyCollection<string> Log => _log;

    public int MessagesInMailbox => Directory.Exists(MailFolder) ? Directory.GetFiles(MailFolder, "*.json").Length : 0;

    /// <summary>Derives what the hub derives.</summary>
    public HubIds Ids => new(Options.Create(new HubOptions { HashKey = File.ReadAllText(Path.Combine(_data, "keys", "hash.key")).Trim() }));

    private string MailFolder => Path.Combine(_data, "mail");

    /// <param name="settings">As environment variables, beside those that every hub of these tests has.</param>
    public static async Task<HubProcess> StartAsync(params (string Name, string Value)[] settings)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The hub is started and killed through a POSIX shell.");
        var hub = new HubProcess(await TestStorage.ConnectionStringAsync(), settings);
        await hub.StartAgainAsync();
        return hub;
    }

    /// <summary>Starts it, again after it was killed or stopped, and returns when it is ready.</summary>
    public async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo("sh", ["-c", Shell, DevHost, App])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (string Name, string Value)[] usual =
        [
            ("Local__Port", $"{_port.First}"),
            ("Local__DataFolder", _data),
            ("AzureWebJobsStorage", _connection),
            ("Local__Chaos", "true"),
            ("AzureFunctionsJobHost__extensions__queues__visibilityTimeout", "00:00:01"),
            ("Logging__LogLevel__CitiesOfLearning", "Trace"),
        ];
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[.. usual, .. _settings])
        {
            start.Environment[name] = value;
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Remember(line.Data);
        _process.ErrorDataReceived += (_, line) => Remember(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Wait.UntilAsync(IsReadyAsync, Patience, () => $"The hub did not start:\n{string.Join('\n', _log.TakeLast(20))}");
    }

    /// <summary>SIGKILL: it has no chance to finish anything.</summary>
    public async Task KillAsync()
    {
        _process!.StandardInput.Close();
        await EndAsync();
    }

    /// <summary>It finishes what is in hand.</summary>
    /// <param name="signal">TERM, or INT as Ctrl-C sends it.</param>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync(string signal = "TERM")
    {
        var process = _process!;
        await process.StandardInput.WriteLineAsync(signal);
        await process.StandardInput.FlushAsync();
        await process.WaitForExitAsync();
        var code = process.ExitCode;
        await EndAsync();
        return code;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }

        Client.Dispose();
        _port.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private static string Built(string project) => Path.Combine(
        Repository.Root, "functions", project, "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0");

    private async Task EndAsync()
    {
        await _process!.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await Client.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Remember(string? line)
    {
        if (line is not null)
        {
            _log.Enqueue(line);
        }
    }
}
