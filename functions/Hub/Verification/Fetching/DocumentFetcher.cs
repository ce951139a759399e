using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.JsonLd;

namespace CitiesOfLearning.Hub.Verification.Fetching;

/// <summary>
/// The only way out to third parties' servers: what somebody's badge names is fetched here or not at all. https to public addresses at port
/// 443 only; two redirects, each checked anew; five seconds; 1 MiB; no cookies, no proxy, no credentials.
/// </summary>
public sealed class DocumentFetcher : IDisposable
{
    public const int MaxBytes = 1024 * 1024;
    public const int MaxRedirects = 2;
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(5);

    private const int MaxUrlLength = 2048;

    private readonly HttpClient _http;
    private readonly FetchCache _cache;
    private readonly FetchGates _gates;
    private readonly TimeProvider _time;

    internal DocumentFetcher(FetchNetwork network, HubUrls urls, TimeProvider time)
    {
        _time = time;
        (_cache, _gates) = (new FetchCache(time), new FetchGates(time));
        _http = new HttpClient(Handler(network)) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd($"CitiesOfLearning (+{urls.Verify})");
        _http.DefaultRequestHeaders.Accept.ParseAdd(
            "application/vc+jwt, application/vc, application/ld+json, application/json, image/png, image/svg+xml, */*;q=0.1");
        _http.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
    }

    /// <summary>The document at this address, not older than <see cref="FetchCache.MaxAge"/>.</summary>
    /// <exception cref="WorkBudgetException">The request asks for too many documents.</exception>
    public async Task<Fetched> FetchAsync(string address, WorkBudget budget)
    {
        if (Allowed(address) is not { } url)
        {
            return new Fetched.Refused(FetchRule.Url);
        }

        budget.Spend(Work.Calls);

        // Others may wait for the same answer, so only the time limit ends it, not the caller.
        return await _cache.GetAsync(url.AbsoluteUri, () => FollowAsync(url)).WaitAsync(budget.CancellationToken);
    }

    public void Dispose()
    {
        _http.Dispose();
        _gates.Dispose();
    }

    internal static SocketsHttpHandler Handler(FetchNetwork network)
    {
        var handler = new SocketsHttpHandler
        {
            // Each redirect is checked by the same rules as the first address.
            AllowAutoRedirect = false,

            // A body is counted as it comes; nothing inflates behind the count.
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,
            ConnectCallback = (context, cancel) => network.ConnectAsync(context.DnsEndPoint, cancel),
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10),
            MaxConnectionsPerServer = FetchGates.AtOncePerHost,
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = 0,

            // Trace ids are nobody else's business.
            ActivityHeadersPropagator = null,
        };
        if (network.Root is { } root)
        {
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { root },
                RevocationMode = X509RevocationMode.NoCheck
            };
        }

        return handler;
    }

    private async Task<Fetched> FollowAsync(Uri url)
    {
        using var limit = new CancellationTokenSource(TimeLimit, _time);
        try
        {
            for (var redirects = 0; redirects <= MaxRedirects; redirects++)
            {
                using var place = await _gates.EnterAsync(url.IdnHost, limit.Token);
                if (place is null)
                {
                    return new Fetched.Unreachable(UnreachableReason.Busy);
                }

                using var answer = await _http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, limit.Token);
                if ((int)answer.StatusCode is not (301 or 302 or 303 or 307 or 308))
                {
                    return answer.StatusCode == HttpStatusCode.OK
                        ? await ReadAsync(answer, url, limit.Token)
                        : new Fetched.Unreachable(UnreachableReason.Status);
                }

                if (!Uri.TryCreate(url, answer.Headers.Location, out var location))
                {
                    return new Fetched.Refused(FetchRule.Redirects);
                }

                if (Allowed(location.AbsoluteUri) is not { } next)
                {
                    return new Fetched.Refused(FetchRule.Url);
                }

                url = next;
            }

            return new Fetched.Refused(FetchRule.Redirects);
        }
        catch (OperationCanceledException)
        {
            return new Fetched.Unreachable(UnreachableReason.Time);
        }
        catch (HttpRequestException e) when (e.InnerException is AddressRefusedException)
        {
            return new Fetched.Refused(FetchRule.Address);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new Fetched.Unreachable(UnreachableReason.Connection);
        }
    }

    private async Task<Fetched> ReadAsync(HttpResponseMessage answer, Uri url, CancellationToken cancellationToken)
    {
        if (answer.Content.Headers.ContentEncoding.Any(e => !e.Equals("identity", StringComparison.OrdinalIgnoreCase)))
        {
            return new Fetched.Refused(FetchRule.Encoding);
        }

        if (answer.Content.Headers.ContentLength > MaxBytes)
        {
            return new Fetched.Refused(FetchRule.Size);
        }

        await using var content = await answer.Content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (body.Length + read > MaxBytes)
            {
                return new Fetched.Refused(FetchRule.Size);
            }

            body.Write(buffer.AsSpan(0, read));
        }

        return new Fetched.Found(body.ToArray(), url, _time.GetUtcNow());
    }

    // A host by its name only: an address in digits has no certificate that says anything. The fragment never travels.
    private static Uri? Allowed(string address) =>
        address.Length <= MaxUrlLength && Uri.TryCreate(address, UriKind.Absolute, out var url)
        && url.Scheme == Uri.UriSchemeHttps && url.Port == 443 && url.UserInfo.Length == 0
        && url.HostNameType == UriHostNameType.Dns && HostName.Ascii(url) is not null
            ? new Uri(url.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped))
            : null;
}
