using System.Collections.Concurrent;
using System.Diagnostics;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using CitiesOfLearning.DevHost.Settings;
using CitiesOfLearning.Hub;
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
    // The hub ends with this process, however that ends: then the shell's input ends, and what it started is killed.
    private const string Shell =
        """
        dotnet "$0" "--App=$1" &
        if read -r _; then kill -TERM $!; else kill -KILL $!; fi
        wait $!
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
    private Process? _shell;

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

        _shell = new Process { StartInfo = start };
        _shell.OutputDataReceived += (_, line) => Remember(line.Data);
        _shell.ErrorDataReceived += (_, line) => Remember(line.Data);
        _shell.Start();
        _shell.BeginOutputReadLine();
        _shell.BeginErrorReadLine();
        await Wait.UntilAsync(IsReadyAsync, Patience, () => $"The hub did not start:\n{string.Join('\n', _log.TakeLast(20))}");
    }

    /// <summary>SIGKILL: it has no chance to finish anything.</summary>
    public async Task KillAsync()
    {
        _shell!.StandardInput.Close();
        await EndAsync();
    }

    /// <summary>SIGTERM: it finishes what is in hand.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        var shell = _shell!;
        await shell.StandardInput.WriteLineAsync();
        await shell.StandardInput.FlushAsync();
        await shell.WaitForExitAsync();
        var code = shell.ExitCode;
        await EndAsync();
        return code;
    }

    public async ValueTask DisposeAsync()
    {
        if (_shell is not null)
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
        await _shell!.WaitForExitAsync();
        _shell.Dispose();
        _shell = null;
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
