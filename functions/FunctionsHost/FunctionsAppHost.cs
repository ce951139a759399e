using System.Net;
using CitiesOfLearning.FunctionsHost.Http;
using CitiesOfLearning.FunctionsHost.Protocol;
using CitiesOfLearning.FunctionsHost.Queues;
using CitiesOfLearning.FunctionsHost.Timers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace CitiesOfLearning.FunctionsHost;

/// <summary>
/// Runs a built isolated Functions app as the Functions host does: its worker as a child process, HTTP forwarded to it, queues and timers
/// listened to for it.
/// </summary>
public sealed class FunctionsAppHost : IAsyncDisposable
{
    // The Functions host's, https://learn.microsoft.com/azure/azure-functions/functions-bindings-http-webhook-trigger#limits
    private const long MaxRequestBytes = 104_857_600;

    private static readonly TimeSpan DrainPause = TimeSpan.FromMilliseconds(20);

    private readonly FunctionsAppHostOptions _options;
    private readonly IConfiguration _configuration;
    private readonly HostJson _hostJson;
    private readonly CancellationTokenSource _stop = new();
    private readonly Patience _patience = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WorkerEndpoint? _endpoint;
    private WorkerProcess? _worker;
    private HttpFront? _front;
    private WebApplication? _app;
    private List<QueueListener> _queues = [];
    private Task _timers = Task.CompletedTask;
    private Task _listening = Task.CompletedTask;

    /// <summary>Reads host.json; nothing is started.</summary>
    /// <param name="options">Which app, and how.</param>
    /// <exception cref="WorkerException">The folder holds no built app, or its host.json says what the host does not take; the message says
    /// which.</exception>
    public FunctionsAppHost(FunctionsAppHostOptions options)
    {
        _options = options;
        _configuration = new ConfigurationBuilder().AddInMemoryCollection(options.Settings).Build();
        if (!IsBuilt(options.AppFolder))
        {
            throw new WorkerException($"There is no built Functions app in {options.AppFolder}. Build it first: dotnet build.");
        }

        if (options.MessageLease > FunctionsAppHostOptions.MaxMessageLease)
        {
            throw new WorkerException($"A message can be leased for {FunctionsAppHostOptions.MaxMessageLease.TotalDays:0} days at most.");
        }

        _hostJson = HostJson.Read(options.AppFolder, _configuration);
    }

    /// <summary>Whether the folder holds a built app.</summary>
    /// <param name="appFolder">As in <see cref="FunctionsAppHostOptions.AppFolder"/>.</param>
    public static bool IsBuilt(string appFolder) => WorkerCommand.IsBuilt(appFolder);

    /// <summary>Done when the worker has loaded the app's functions, and queues and timers are listened to.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Completes, with a sentence, when the host cannot go on; then stop it.</summary>
    public Task<string> Failed => _failed.Task;

    /// <summary>The process of the worker that runs now; null between two.</summary>
    public int? WorkerProcessId => _worker?.ProcessId;

    /// <summary>Where HTTP is answered, once the host is started.</summary>
    public Uri Address => new(_app!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Returns when HTTP is listened to. The worker starts meanwhile; requests wait for it.</summary>
    /// <param name="cancellationToken">Ends the start alone.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _endpoint = await WorkerEndpoint.StartAsync(cancellationToken);
        _worker = new WorkerProcess(_options, _endpoint, Fail);
        _worker.Start();

        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;

            // What passes here, and what the host adds to it, passes the worker's own server too, which has Kestrel's limits.
            kestrel.Limits.MaxRequestHeaderCount -= HostHeaders.Added;
            kestrel.Limits.MaxRequestHeadersTotalSize -= HostHeaders.AddedBytes;
            kestrel.ResponseHeaderEncodingSelector = _ => WorkerConnections.ResponseHeaders;
            kestrel.AddServerHeader = false;
            Listen(kestrel);
        });
        builder.Services.AddHttpForwarder();
        _app = builder.Build();
        _front = new HttpFront(_worker, _app.Services.GetRequiredService<IHttpForwarder>(), _hostJson.RoutePrefix, _options);
        _app.Run(_options.Before is { } before ? http => before(http, () => _front.HandleAsync(http)) : _front.HandleAsync);
        await _app.StartAsync(cancellationToken);
        _listening = ListenAsync();
    }

    /// <summary>
    /// Queues and timers first, then nothing new by HTTP, then the worker once it has nothing in hand, and what holds the connections last.
    /// </summary>
    /// <param name="cancellationToken">No longer waits for what is in hand: it is cancelled.</param>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        _patience.Begin();
        await using var sooner = cancellationToken.Register(_patience.End);
        await _listening;
        await Task.WhenAll([.. _queues.Select(q => q.StopAsync()), _timers]).WaitAsync(_patience.TooLate)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_front is not null)
        {
            await _front.CloseAsync(_patience.Late);
        }

        while (_worker is { InFlight: > 0 } && !_patience.Late.IsCancellationRequested)
        {
            await Task.Delay(DrainPause, _patience.Late).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (_worker is not null)
        {
            await _worker.DisposeAsync();
            _worker = null;
        }

        if (_app is not null)
        {
            await _app.DisposeAsync();
            _front?.Dispose();
            (_app, _front) = (null, null);
        }

        if (_endpoint is not null)
        {
            await _endpoint.DisposeAsync();
            _endpoint = null;
        }
    }

    /// <summary>Stops, unless it has been stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _stop.Dispose();
        _patience.Dispose();
    }

    /// <summary>SIGKILL for the worker, as if it had crashed; another takes its place.</summary>
    internal void KillWorker() => _worker!.Kill();

    private void Listen(KestrelServerOptions kestrel)
    {
        if (_options.Port == 0)
        {
            kestrel.Listen(IPAddress.Loopback, 0);
        }
        else
        {
            kestrel.ListenLocalhost(_options.Port);
        }
    }

    private async Task ListenAsync()
    {
        try
        {
            await _options.StorageReady.WaitAsync(_stop.Token);
            var worker = await _worker!.ReadyAsync(_stop.Token);
            var chaos = _options.Chaos ? new Chaos(_worker.Kill) : null;
            _queues = [.. worker.Functions
                .Where(f => f.IsTriggeredBy("queue"))
                .Select(f => new QueueListener(f, _worker, _hostJson, _configuration, chaos, _options, _patience))];
            await Task.WhenAll(_queues.Select(q => q.StartAsync(_stop.Token)));
            var logger = _options.LoggerFactory.CreateLogger("Host.Timers");
            List<TimerListener> timers = [.. worker.Functions
                .Where(f => f.IsTriggeredBy("timer"))
                .Select(f => new TimerListener(f, _worker, _configuration, _options.Time, logger, _patience))];
            _timers = Task.WhenAll(timers.Select(t => t.RunAsync(_stop.Token)));
            _ready.TrySetResult();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            _ready.TrySetCanceled();
        }
        catch (Exception e)
        {
            Fail($"The app's queues and timers cannot be listened to: {e.GetBaseException().Message}");
        }
    }

    private void Fail(string sentence)
    {
        _failed.TrySetResult(sentence);
        _ready.TrySetException(new WorkerException(sentence));
        _ = _ready.Task.Exception;
    }
}
