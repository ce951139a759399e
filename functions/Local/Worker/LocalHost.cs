using CitiesOfLearning.Local.Laptop;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CitiesOfLearning.Local.Worker;

/// <summary>Runs HTTP first, so that it answers at once; then the listeners, when storage is there; and stops the laptop last.</summary>
internal sealed partial class LocalHost : IHost, IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Laptop.Laptop laptop;
    private readonly Listeners listeners;
    private readonly CancellationTokenSource stop = new();
    private readonly CancellationTokenSource deadline = new();
    private Task listening = Task.CompletedTask;
    private bool stopped;

    public LocalHost(
        WebApplication app,
        Laptop.Laptop laptop,
        IReadOnlyList<LocalFunction> functions,
        HostJson settings,
        FunctionExecutionDelegate pipeline)
    {
        this.app = app;
        this.laptop = laptop;
        listeners = new Listeners(functions, settings, pipeline, app.Services);

        var http = new HttpFunctions(functions, settings.RoutePrefix, pipeline, app.Logger);
        app.Run(context => laptop.Handles(context.Request.Path) ? laptop.HandleAsync(context) : http.HandleAsync(context));
    }

    public IServiceProvider Services => app.Services;

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            await Console.Error.WriteLineAsync(
                $"Port {laptop.Port} is taken. Choose another: Local__Port=7072 dotnet run --project functions/App");
            Environment.ExitCode = 1;
            app.Lifetime.StopApplication();

            return;
        }

        // Counted as stopping from the first signal on, not only once Kestrel has finished its last request.
        app.Lifetime.ApplicationStopping.Register(stop.Cancel);
        listening = Task.Run(ListenAsync, CancellationToken.None);

        // Ctrl-C may come while storage is still being downloaded.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stop.Token);
        try
        {
            await laptop.StartAsync(app.Services, either.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // RunAsync goes on to StopAsync by itself.
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        if (stopped)
        {
            return;
        }

        stopped = true;
        deadline.CancelAfter(Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout);
        await stop.CancelAsync();
        try
        {
            await Task.WhenAll(app.StopAsync(cancellationToken), listening);
        }
        finally
        {
            await laptop.StopAsync();
        }
    }

    public void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await app.DisposeAsync();
        stop.Dispose();
        deadline.Dispose();
    }

    /// <summary>A schedule or a connection string that cannot be read ends the app: a hub that hears nothing must not look well.</summary>
    private async Task ListenAsync()
    {
        try
        {
            await listeners.RunAsync(laptop.StorageReady, stop.Token, deadline.Token);
        }
        catch (Exception exception)
        {
            Log.CannotListen(app.Logger, exception);
            Environment.ExitCode = 1;
            app.Lifetime.StopApplication();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Critical, Message = "The queue and timer functions cannot run")]
        public static partial void CannotListen(ILogger logger, Exception exception);
    }
}
