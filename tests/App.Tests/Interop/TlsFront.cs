using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.App.Tests.Interop;

/// <summary>HTTPS in front of an app, as did:web asks for it. It hands on what is asked as it is.</summary>
internal sealed class TlsFront : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly X509Certificate2 _certificate = Certificate();

    private TlsFront()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost
            .UseKestrelHttpsConfiguration()
            .ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l => l.UseHttps(_certificate)));
        _server = builder.Build();
        _server.Run(HandOnAsync);
    }

    /// <summary>What stands behind it.</summary>
    public HttpClient? App { get; set; }

    /// <summary>Without a final slash.</summary>
    public string Address => $"https://localhost:{new Uri(_server.Urls.Single()).Port}";

    /// <summary>Whom a client must trust, as PEM.</summary>
    public string Authority => _certificate.ExportCertificatePem();

    public static async Task<TlsFront> StartAsync()
    {
        var front = new TlsFront();
        await front._server.StartAsync();
        return front;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _certificate.Dispose();
    }

    private async Task HandOnAsync(HttpContext context)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), context.Request.GetEncodedPathAndQuery());
        foreach (var (name, value) in context.Request.Headers.Where(h => h.Key != "Host"))
        {
            request.Headers.TryAddWithoutValidation(name, [.. value]);
        }

        using var answer = await App!.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
