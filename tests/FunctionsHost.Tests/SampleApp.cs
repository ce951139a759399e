using System.Collections.Concurrent;
using Azure.Storage.Queues;
using CitiesOfLearning.Tests.Support;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.FunctionsHost.Tests;

/// <summary>tests/Apps/Sample, run as a process by the host under test.</summary>
public sealed class SampleApp : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("functions-host-");
    private readonly ConcurrentQueue<string> _lines = new();

    private readonly string _connection;

    private SampleApp(Func<FunctionsAppHostOptions, FunctionsAppHostOptions>? change, params (string Name, string Value)[] settings)
    {
        var options = new FunctionsAppHostOptions
        {
            AppFolder = Folder,
            Port = 0,
            Settings = settings
                .Append(("NotesFile", NotesFile))
                .GroupBy(s => s.Item1)
                .ToDictionary(s => s.Key, s => (string?)s.Last().Item2),
            LoggerFactory = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(new Lines(_lines))),
        };
        _connection = settings.Last(s => s.Name == "AzureWebJobsStorage").Value;
        Host = new FunctionsAppHost(change is null ? options : change(options));
    }

    /// <summary>The app as it was built together with these tests.</summary>
    public static string Folder { get; } = Path.Combine(
        Repository.Root, "tests", "Apps", "Sample", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0");

    public FunctionsAppHost Host { get; }

    /// <summary>Follows no redirect, keeps no cookie.</summary>
    public HttpClient Client { get; private set; } = new();

    public string NotesFile => Path.Combine(_folder.FullName, "notes");

    /// <summary>Where its queues are.</summary>
    public QueueServiceClient Queues => new(_connection, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });

    /// <summary>What the host and its worker logged.</summary>
    public IReadOnlyCollection<string> Log => _lines;

    /// <summary>What the app's functions noted, each line ending with the process id of its worker.</summary>
    public string[] Notes => File.Exists(NotesFile) ? File.ReadAllText(NotesFile).Split('\n', StringSplitOptions.RemoveEmptyEntries) : [];

    public static async Task<SampleApp> StartAsync(params (string Name, string Value)[] settings) => await StartAsync(null, settings);

    public static async Task<SampleApp> StartAsync(
        Func<FunctionsAppHostOptions, FunctionsAppHostOptions>? change, params (string Name, string Value)[] settings)
    {
        var app = new SampleApp(change, [("AzureWebJobsStorage", await TestStorage.ConnectionStringAsync()), .. settings]);
        await app.Host.StartAsync(TestContext.Current.CancellationToken);
        app.Client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = app.Host.Address };
        return app;
    }

    /// <summary>Lets "gated" functions pass.</summary>
    public void Open() => File.WriteAllText(NotesFile + ".open", "");

    /// <summary>The next worker has no such functions.</summary>
    public void Lack(params string[] functions) => File.WriteAllLines(NotesFile + ".lacks", functions);

    public string[] NotesOf(string beginning) => [.. Notes.Where(n => n.StartsWith(beginning, StringComparison.Ordinal))];

    public Task<string[]> NotesAsync(string beginning, int count) =>
        UntilAsync(
            () => NotesOf(beginning), notes => notes.Length >= count, notes => $"{notes.Length} of {count} notes \"{beginning}…\" came");

    public async Task<T> UntilAsync<T>(Func<T> look, Func<T, bool> holds, Func<T, string> otherwise)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(Patience);
        while (true)
        {
            var seen = look();
            if (holds(seen))
            {
                return seen;
            }

            if (late.IsCancellationRequested)
            {
                Assert.Fail($"{otherwise(seen)}:\n{string.Join('\n', Log.TakeLast(20))}");
            }

            await Task.Delay(20, CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        Client.Dispose();
        _folder.Delete(recursive: true);
    }

    private sealed class Lines(ConcurrentQueue<string> lines) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new Logger(categoryName, lines);

        public void Dispose()
        {
            // What was logged stays for the test to read.
        }

        private sealed class Logger(string category, ConcurrentQueue<string> lines) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(
                LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)} {exception?.Message}".TrimEnd());
        }
    }
}

/// <summary>One app for all tests that only ask it things.</summary>
public sealed class SharedApp : IAsyncLifetime
{
    public SampleApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync() => App = await SampleApp.StartAsync();

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
