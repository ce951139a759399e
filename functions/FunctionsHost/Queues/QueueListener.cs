using System.Runtime.ExceptionServices;
using Azure.Storage.Queues;
using CitiesOfLearning.FunctionsHost.Protocol;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Host;
using Microsoft.Azure.WebJobs.Host.Timers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.FunctionsHost.Queues;

/// <summary>
/// Listens to the queue of one function with the listener of the Functions host itself, the WebJobs SDK's: its batches, its polling, its
/// poison queue. A listener that storage has thrown out is started again.
/// </summary>
internal sealed partial class QueueListener(
    LoadedFunction function,
    WorkerProcess worker,
    HostJson hostJson,
    IConfiguration settings,
    Chaos? chaos,
    FunctionsAppHostOptions options,
    Patience patience)
{
    private const string Storage = "AzureWebJobsStorage";

    private static readonly TimeSpan OutagePause = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger = options.LoggerFactory.CreateLogger("Host.Queues");
    private readonly string _connection = function.Text("connection") is { Length: > 0 } name ? name : Storage;
    private IHost? _host;
    private CancellationToken _stop;
    private Task _restarting = Task.CompletedTask;

    /// <param name="stop">When it is no longer to be started again.</param>
    public async Task StartAsync(CancellationToken stop)
    {
        _stop = stop;
        _host = Build();
        await _host.StartAsync(stop);
    }

    /// <summary>Receives no more, and returns when what is in hand is done, or it is late.</summary>
    public async Task StopAsync()
    {
        await _restarting;
        if (_host is not null)
        {
            await _host.StopAsync(patience.TooLate).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _host.Dispose();
        }
    }

    private IHost Build() => new HostBuilder()
        .ConfigureAppConfiguration(c => c.AddConfiguration(settings).AddInMemoryCollection([new(Storage, settings[_connection])]))
        .ConfigureLogging(logging => logging
            .SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Function", LogLevel.None) // said once, by QueueFunction
            .AddFilter("Host.Results", LogLevel.None)
            .AddFilter("Azure.Core", LogLevel.None)
            .AddProvider(new RelayedLogs(options.LoggerFactory)))
        .ConfigureWebJobs(jobs => jobs.AddAzureStorageQueues(Configure))
        .ConfigureServices(AddServices)
        .Build();

    private void AddServices(IServiceCollection services)
    {
        services.AddSingleton<ITypeLocator>(new OnlyQueueFunction())
            .AddSingleton<INameResolver>(new Names(function, settings))
            .AddSingleton<IWebJobsExceptionHandler>(new RestartAfterFailure(this))
            .AddSingleton<IJobActivator>(new Activator(new QueueFunction(function, worker, chaos, _logger, patience, _stop)));
        if (options.MessageLease is { } lease)
        {
            LeasedQueues.AddTo(services, lease);
        }
    }

    private void Configure(QueuesOptions queues)
    {
        queues.BatchSize = hostJson.BatchSize;
        queues.NewBatchThreshold = hostJson.NewBatchThreshold;
        queues.MaxDequeueCount = hostJson.MaxDequeueCount + (chaos is null ? 0 : Chaos.Attempts);
        queues.VisibilityTimeout = hostJson.VisibilityTimeout;
        queues.MaxPollingInterval = hostJson.MaxPollingInterval;
        queues.MessageEncoding = hostJson.IsBase64 ? QueueMessageEncoding.Base64 : QueueMessageEncoding.None;
    }

    private void StartAgain(Exception why)
    {
        if (!_stop.IsCancellationRequested && _restarting.IsCompleted)
        {
            Log.Outage(_logger, function.Name, why.Message);
            _restarting = UntilItListensAsync();
        }
    }

    private async Task UntilItListensAsync()
    {
        await Task.Delay(OutagePause, _stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var before = _host!;
                await before.StopAsync(_stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                before.Dispose();
                _host = Build();
                await _host.StartAsync(_stop);
                return;
            }
            catch (Exception e)
            {
                Log.Outage(_logger, function.Name, e.Message);
                await Task.Delay(OutagePause, _stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private sealed class OnlyQueueFunction : ITypeLocator
    {
        public IReadOnlyList<Type> GetTypes() => [typeof(QueueFunction)];
    }

    private sealed class Activator(QueueFunction instance) : IJobActivator
    {
        public T CreateInstance<T>() => (T)(object)instance;
    }

    /// <summary>The one method in which WebJobs finds a trigger has a placeholder where this function's queue goes.</summary>
    private sealed class Names(LoadedFunction function, IConfiguration settings) : INameResolver
    {
        public string? Resolve(string name) => name == QueueFunction.Queue ? Queue() : settings[name];

        private string? Queue() =>
            function.Text("queueName") is ['%', .. var setting, '%'] ? settings[setting] : function.Text("queueName");
    }

    /// <summary>The SDK's own handler ends the process.</summary>
    private sealed class RestartAfterFailure(QueueListener listener) : IWebJobsExceptionHandler
    {
        public void Initialize(JobHost host)
        {
        }

        public Task OnTimeoutExceptionAsync(ExceptionDispatchInfo exceptionInfo, TimeSpan timeoutGracePeriod) =>
            OnUnhandledExceptionAsync(exceptionInfo);

        public Task OnUnhandledExceptionAsync(ExceptionDispatchInfo exceptionInfo)
        {
            listener.StartAgain(exceptionInfo.SourceException);
            return Task.CompletedTask;
        }
    }

    private sealed class RelayedLogs(ILoggerFactory loggers) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => loggers.CreateLogger(categoryName);

        public void Dispose()
        {
            // The factory is not ours.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3, LogLevel.Warning, "The queue of {Function} cannot be listened to; it is tried again: {Reason}")]
        public static partial void Outage(ILogger logger, string function, string reason);
    }
}
