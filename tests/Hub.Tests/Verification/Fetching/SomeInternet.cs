using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Verification.Fetching;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.Hub.Tests.Verification.Fetching;

/// <summary>
/// Other people's servers: one real TLS server behind a name service and a certificate authority of the tests. Every host lives at a public
/// address unless a test says otherwise; connections to any address arrive at the one server.
/// </summary>
internal sealed class SomeInternet : IAsyncDisposable
{
    public static readonly IPAddress PublicAddress = IPAddress.Parse("93.184.215.14");

    private readonly ConcurrentDictionary<string, RequestDelegate> _pages = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, X509Certificate2> _certificates = new(StringComparer.OrdinalIgnoreCase);
    private readonly ECDsa _rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;
    private readonly WebApplication _server;
    private readonly int _port;

    private SomeInternet()
    {
        var request = new CertificateRequest("CN=The tests' root", _rootKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _root = request.CreateSelfSigned(From, From.AddYears(100));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost
            .UseKestrelHttpsConfiguration()
            .ConfigureKestrel(
                k => k.Listen(
                    IPAddress.Loopback,
                    0,
                    l => l.UseHttps(h => h.ServerCertificateSelector = (_, name) => CertificateOf(name ?? "no.name"))));
        _server = builder.Build();
        _server.Run(AnswerAsync);
        _server.Start();
        _port = new Uri(_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
        Network = new FetchNetwork(ResolveAsync, DialAsync, _root);
    }

    // Wide enough for a clock that a test has moved.
    private static DateTimeOffset From => new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public FetchNetwork Network { get; }

    /// <summary>Every request, as its URL.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Every address that was connected to.</summary>
    public ConcurrentQueue<IPEndPoint> Dialled { get; } = new();

    /// <summary>Every name that was looked up.</summary>
    public ConcurrentQueue<string> Looked { get; } = new();

    /// <summary>What the name service says of a host, in place of the one public address; asked anew each time.</summary>
    public ConcurrentDictionary<string, Func<IPAddress[]>> Names { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Hosts that show another host's certificate.</summary>
    public ConcurrentDictionary<string, string> Impostors { get; } = new(StringComparer.OrdinalIgnoreCase);

    public static SomeInternet Start() => new();

    public DocumentFetcher Fetcher(TimeProvider? time = null) =>
        new(Network, new HubUrls("https://hub.example"), time ?? TimeProvider.System);

    public void Serve(string url, RequestDelegate page) => _pages[url] = page;

    public void Serve(string url, ReadOnlyMemory<byte> body, string mediaType = "application/json") => Serve(url, async context =>
    {
        context.Response.ContentType = mediaType;
        await context.Response.Body.WriteAsync(body);
    });

    public void Redirect(string from, string to, int status = 302) => Serve(from, context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = to;
        return Task.CompletedTask;
    });

    public void Remove(string url) => _pages.TryRemove(url, out _);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _rootKey.Dispose();
        _root.Dispose();
    }

    private Task AnswerAsync(HttpContext context)
    {
        var url = $"https://{context.Request.Host}{context.Request.Path}{context.Request.QueryString}";
        Requests.Enqueue(url);
        if (_pages.TryGetValue(url, out var page))
        {
            return page(context);
        }

        context.Response.StatusCode = 404;
        return Task.CompletedTask;
    }

    private Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        Looked.Enqueue(host);
        return Names.TryGetValue(host, out var addresses) ? Task.FromResult(addresses())
            : _pages.Keys.Any(u => new Uri(u).Host.Equals(host, StringComparison.OrdinalIgnoreCase))
                ? Task.FromResult<IPAddress[]>([PublicAddress])
            : Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound));
    }

    private async Task<Stream> DialAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        Dialled.Enqueue(address);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _port, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private X509Certificate2 CertificateOf(string host) => _certificates.GetOrAdd(Impostors.GetValueOrDefault(host, host), name =>
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var leaf = request.Create(_root, From, From.AddYears(99), RandomNumberGenerator.GetBytes(8));
        return leaf.CopyWithPrivateKey(key);
    });
}
