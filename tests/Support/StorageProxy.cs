using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using CitiesOfLearning.DevHost.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Forwarder;

namespace CitiesOfLearning.Tests.Support;

/// <summary>What becomes of a request to storage.</summary>
public enum CallFate
{
    Answered,

    /// <summary>The connection is closed before storage hears of it.</summary>
    Failed,

    /// <summary>Storage does it, and the connection is closed instead of an answer.</summary>
    AnswerLost,

    /// <summary>Storage never hears of it, and nobody answers.</summary>
    Ignored,

    /// <summary>Storage does it, and nobody answers.</summary>
    AnswerWithheld,
}

/// <summary>
/// Stands between storage and whoever is given its connection string, on ports of its own: counts and remembers each request, and does to
/// it what a test decides. Below the client's retries, which are part of what is tested.
/// </summary>
public sealed class StorageProxy : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly IHttpForwarder _forwarder;
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
    });
    private readonly CancellationTokenSource _stopping = new();
    private readonly Uri[] _services;
    private int[] _ports = [];
    private ConcurrentQueue<StorageCall> _calls = new();

    private StorageProxy(WebApplication app, string account)
    {
        _app = app;
        _forwarder = app.Services.GetRequiredService<IHttpForwarder>();
        var parts = account.Split(';').Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => p[1]);
        _services = [.. Enum.GetNames<StorageService>().Select(s => new Uri(parts[$"{s}Endpoint"]))];
        Account = parts["AccountName"];
        app.Run(HandleAsync);
    }

    /// <summary>Of the account, by way of the proxy.</summary>
    public string ConnectionString => string.Create(
        CultureInfo.InvariantCulture,
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Azurite.AccountKey};" +
        $"BlobEndpoint=http://127.0.0.1:{_ports[0]}/{Account};" +
        $"QueueEndpoint=http://127.0.0.1:{_ports[1]}/{Account};" +
        $"TableEndpoint=http://127.0.0.1:{_ports[2]}/{Account}");

    /// <summary>Asked for each request before anything is done with it. Requests that come at once ask at once.</summary>
    public Func<StorageCall, CallFate> Decide { get; set; } = _ => CallFate.Answered;

    /// <summary>Told of each request that gets no answer: when storage has done it, if it does.</summary>
    public Action<StorageCall> Unanswered { get; set; } = _ => { };

    private string Account { get; }

    /// <param name="account">The connection string of one of Azurite's accounts.</param>
    public static async Task<StorageProxy> StartAsync(string account)
    {
        // Empty: any other watches files, of which a machine allows few, and there are hundreds of proxies.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddLogging().AddHttpForwarder();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            foreach (var _ in Enum.GetValues<StorageService>())
            {
                kestrel.Listen(IPAddress.Loopback, 0);
            }
        });
        var proxy = new StorageProxy(builder.Build(), account);
        await proxy._app.StartAsync();
        proxy._ports = [.. proxy._app.Urls.Select(u => new Uri(u).Port)];
        return proxy;
    }

    /// <summary>The requests since the last time, in the order in which they came.</summary>
    public IReadOnlyList<StorageCall> Take() => [.. Interlocked.Exchange(ref _calls, new())];

    /// <summary>Closes every connection, also of those who wait for an answer that does not come.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        _client.Dispose();
        _stopping.Dispose();
    }

    private async Task HandleAsync(HttpContext http)
    {
        // As it was sent: the signature is over exactly this.
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var service = (StorageService)Array.IndexOf(_ports, http.Connection.LocalPort);
        var call = StorageCall.Of(service, http.Request.Method, target, http.Request.Headers.IfMatch.Count > 0);
        _calls.Enqueue(call);
        var fate = Decide(call);
        if (fate is CallFate.Answered or CallFate.AnswerLost or CallFate.AnswerWithheld)
        {
            var address = new Uri(_services[(int)service], target);
            var transformer = new Transformer(this, address, call, fate);
            await _forwarder.SendAsync(http, address.AbsoluteUri, _client, ForwarderRequestConfig.Empty, transformer);
        }
        else
        {
            await RefuseAsync(http, call, fate);
        }
    }

    private async Task RefuseAsync(HttpContext http, StorageCall call, CallFate fate)
    {
        if (fate is CallFate.Ignored or CallFate.AnswerWithheld)
        {
            Unanswered(call);
            using var over = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, _stopping.Token);
            await Task.Delay(Timeout.Infinite, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        http.Abort();
    }

    private sealed class Transformer(StorageProxy proxy, Uri address, StorageCall call, CallFate fate) : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.RequestUri = address;
        }

        public override async ValueTask<bool> TransformResponseAsync(
            HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
        {
            if (fate == CallFate.Answered)
            {
                return await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
            }

            await proxy.RefuseAsync(httpContext, call, fate);
            return false;
        }
    }
}
