using System.Collections.Concurrent;
using System.Net;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace CitiesOfLearning.FunctionsHost.Protocol;

/// <summary>
/// Where workers connect to: cleartext HTTP/2 on a free port of the loopback interface. Any number of workers; each is told apart by the
/// id that it was started with. As with the Functions host, whoever may list this machine's processes can read it.
/// </summary>
internal sealed class WorkerEndpoint : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Workers _workers;

    private WorkerEndpoint(WebApplication app, Workers workers)
    {
        _app = app;
        _workers = workers;
    }

    /// <summary>With a final slash.</summary>
    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/";

    public static async Task<WorkerEndpoint> StartAsync(CancellationToken cancellationToken)
    {
        var workers = new Workers();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services
            .AddSingleton(workers)
            .AddRoutingCore()
            .AddGrpc(grpc => grpc.MaxReceiveMessageSize = grpc.MaxSendMessageSize = null);
        var app = builder.Build();
        app.UseRouting();
        app.MapGrpcService<Service>();
        await app.StartAsync(cancellationToken);
        return new WorkerEndpoint(app, workers);
    }

    /// <summary>Lets in the worker that says this id.</summary>
    public void Expect(string workerId, WorkerChannel channel) => _workers.Channels[workerId] = channel;

    public void Forget(string workerId) => _workers.Channels.TryRemove(workerId, out _);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    internal sealed class Workers
    {
        public ConcurrentDictionary<string, WorkerChannel> Channels { get; } = new(StringComparer.Ordinal);
    }

    internal sealed class Service(Workers workers) : FunctionRpc.FunctionRpcBase
    {
        public override async Task EventStream(
            IAsyncStreamReader<StreamingMessage> requestStream,
            IServerStreamWriter<StreamingMessage> responseStream,
            ServerCallContext context)
        {
            if (!await requestStream.MoveNext(context.CancellationToken)
                || requestStream.Current.StartStream is not { } start
                || !workers.Channels.TryGetValue(start.WorkerId, out var channel))
            {
                throw new Grpc.Core.RpcException(new Status(StatusCode.PermissionDenied, "Nobody expects this worker."));
            }

            await channel.RunAsync(requestStream, responseStream, context.CancellationToken);

            // A worker never closes its connection, which would stay until Kestrel has waited for it long enough.
            context.GetHttpContext().Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
        }
    }
}
