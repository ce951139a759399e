using System.Text;
using Azure.Core;
using CitiesOfLearning.Hub.Settings;
using Microsoft.Extensions.Options;
using Microsoft.Graph;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Graph.Users.Item.SendMail;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Serialization;
using Microsoft.Kiota.Authentication.Azure;
using MimeKit;

namespace CitiesOfLearning.Hub.Mail;

/// <summary>
/// Sends a message through Microsoft Graph as MIME, the form that carries both HTML and plain text
/// (https://learn.microsoft.com/graph/outlook-send-mime-message).
/// </summary>
/// <param name="http">Without retries of its own: a mailbox that is busy is asked again later, through the queue.</param>
/// <param name="credential">Of the app itself, which may send as the city's mailbox.</param>
/// <param name="options">With the address of Graph.</param>
public sealed class GraphMail(HttpClient http, TokenCredential credential, IOptions<HubOptions> options)
{
    /// <summary>Shorter than the time for which a sender has an award to itself.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(20);

    // It lives as long as the process; addresses change.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    // Microsoft.Graph is 48 MB: it is loaded when the first message is sent.
    private readonly Lazy<GraphServiceClient> _graph = new(() =>
    {
        var url = new Uri(options.Value.GraphUrl);
        var authentication = new AzureIdentityAuthenticationProvider(
            credential, allowedHosts: [url.Host], scopes: [$"{url.GetLeftPart(UriPartial.Authority)}/.default"]);
        return new GraphServiceClient(http, authentication, options.Value.GraphUrl);
    });

    public static HttpClient CreateClient() =>
        new(new SocketsHttpHandler { PooledConnectionLifetime = ConnectionLifetime }) { Timeout = TimeLimit };

    /// <returns>Null when Graph has taken the message; else how long Graph asks to wait (it is busy, did not answer, or does not know our
    /// right yet).</returns>
    /// <exception cref="ODataError">Graph refuses this message for good.</exception>
    public async Task<TimeSpan?> SendAsync(string sender, MimeMessage message, CancellationToken cancellationToken)
    {
        using var mime = new MemoryStream();
        await message.WriteToAsync(mime, cancellationToken);
        using var body = new MemoryStream(Encoding.ASCII.GetBytes(Convert.ToBase64String(mime.GetBuffer(), 0, (int)mime.Length)));
        var request = _graph.Value.Users[sender].SendMail.ToPostRequestInformation(new SendMailPostRequestBody());
        request.Headers.Remove("Content-Type");
        request.SetStreamContent(body, "text/plain");
        var errors = new Dictionary<string, ParsableFactory<IParsable>> { ["XXX"] = ODataError.CreateFromDiscriminatorValue };
        try
        {
            await _graph.Value.RequestAdapter.SendNoContentAsync(request, errors, cancellationToken);
            return null;
        }
        // The right to send takes up to two hours to hold (https://learn.microsoft.com/exchange/permissions-exo/application-rbac): 401 and
        // 403 pass.
        catch (ApiException e) when (e.ResponseStatusCode is 401 or 403 or 408 or 429 or >= 500)
        {
            return RetryAfter(e) ?? TimeSpan.FromSeconds(5);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return TimeSpan.FromSeconds(5);
        }
    }

    private static TimeSpan? RetryAfter(ApiException e) =>
        e.ResponseHeaders?.FirstOrDefault(
            h => h.Key.Equals("Retry-After", StringComparison.OrdinalIgnoreCase)).Value?.FirstOrDefault() is { } value
        && int.TryParse(value, out var seconds)
            ? TimeSpan.FromSeconds(Math.Clamp(seconds, 1, 3600))
            : null;
}
