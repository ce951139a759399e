using System.Diagnostics;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Deliveries;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Telemetry;
using CitiesOfLearning.OpenBadges.Json;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.Hub.Webhooks;

/// <summary>
/// RECEIVE: verify, store, queue, then answer; nothing else before the answer. Most senders never retry: what is not durable when they hear
/// "yes" is gone.
/// </summary>
public sealed partial class WebhookReceiver(
    CityDirectory cities, WebhookVerifier verifier, Inbox inbox, HubStorage storage, TimeProvider time, ILogger<WebhookReceiver> logger)
{
    private const int DefaultMaxBytes = 1024 * 1024;

    // GitHub waits for ten seconds, others hardly longer: better a clear "not now" than no answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How much of a body to read before anybody vouched for it: the most that any source takes, 1 MiB at least. The same whoever asks, so
    /// that the answer does not tell which sources exist.
    /// </summary>
    /// <exception cref="TimeoutException">Storage does not answer.</exception>
    public Task<int> MaxBodyBytesAsync(CancellationToken cancellationToken) => InTimeAsync(
        async either => (await cities.AllAsync(either))
            .SelectMany(c => c.Sources.Values)
            .Select(s => s.MaxBodyBytes)
            .Append(DefaultMaxBytes)
            .Max(), cancellationToken);

    /// <exception cref="TimeoutException">Storage does not answer. The delivery may be durable or not; sent again, it counts
    /// once.</exception>
    public Task<Receipt> ReceiveAsync(
        string city, string source, UnverifiedWebhook webhook, CancellationToken cancellationToken) => InTimeAsync(
        async either =>
        {
            var found = await cities.FindAsync(city, either);
            return found?.Sources.GetValueOrDefault(source) is { } known
                ? await HubTelemetry.StageAsync(
                    "RECEIVE",
                    ActivityKind.Server,
                    null,
                    [new("city", found.Id.ToString()), new("source", known.Id)],
                    () => ReceiveAsync(found.Id, known, webhook, either))
                : await ReceiveAsync(found?.Id ?? default, null, webhook, either);
        },
        cancellationToken);

    private async Task<Receipt> ReceiveAsync(
        CityId city, Source? source, UnverifiedWebhook unverified, CancellationToken cancellationToken)
    {
        switch (verifier.Verify(city, source, unverified))
        {
            case VerificationOutcome.Verified { Webhook: var webhook }:
                var receipt = await AcceptAsync(webhook, source!.MaxBodyBytes, cancellationToken);
                Log.Answered(logger, city, source.Id, receipt.GetType().Name);
                return receipt;

            case VerificationOutcome.Refused { Reason: var reason }:
                // An unknown city or source is what a third party typed: not for the log.
                Log.Refused(logger, source is null ? "?" : city.ToString(), source?.Id ?? "?", reason);
                return new Receipt.Refused();

            default:
                throw new InvalidOperationException("A delivery is either verified or refused.");
        }
    }

    private async Task<Receipt> AcceptAsync(VerifiedWebhook webhook, int maxBytes, CancellationToken cancellationToken)
    {
        if (webhook.Body.Length > maxBytes)
        {
            return new Receipt.TooLarge(WebhookProblem.TooLarge(maxBytes));
        }

        if (BodyFormat.Problem(webhook) is { } mediaProblem)
        {
            return new Receipt.Unsupported(WebhookProblem.UnsupportedMedia(mediaProblem));
        }

        if (!StrictJson.TryParse(webhook.Body, out var body, out var problem))
        {
            return new Receipt.Malformed(WebhookProblem.MalformedBody(problem.ToString()));
        }

        var delivery = DeliveryKey.Name(webhook, body);
        await inbox.StoreAsync(delivery, cancellationToken);

        // Also when it was there already: the first attempt may have died between the blob and the message.
        var message = new DeliveryMessage(delivery.City, delivery.Source, delivery.Delivery, delivery.Blob);
        await storage.SendAsync(message, cancellationToken);
        return new Receipt.Accepted(webhook.Profile.Answer);
    }

    private async Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException e) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("Storage does not answer.", e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Delivery to {City}/{Source}: {Answer}.")]
        public static partial void Answered(ILogger logger, CityId city, string source, string answer);

        [LoggerMessage(LogLevel.Warning, "Delivery to {City}/{Source} refused: {Reason}.")]
        public static partial void Refused(ILogger logger, string city, string source, string reason);
    }
}
