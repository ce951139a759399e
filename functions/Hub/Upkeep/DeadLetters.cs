using System.Diagnostics;
using System.Diagnostics.Metrics;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Deliveries;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Telemetry;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.Hub.Upkeep;

/// <summary>
/// What failed and waits for a person: table Upkeep. The Functions host leaves it in a poison queue, where it would be forgotten after
/// seven days and only the first 32 could be seen; so it is moved here.
/// </summary>
public sealed partial class DeadLetters(
    HubStorage storage, AwardTable awards, Inbox inbox, TimeProvider time, ILogger<DeadLetters> logger)
{
    private const int MaxAtOnce = 32;
    private const string PoisonEnd = "-poison";

    // Out of sight for as long as it takes to write them down; if the process dies, they are found again.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private static readonly Gauge<long> Waiting = HubTelemetry.Meter.CreateGauge<long>(
        "hub.dead_letters", "{message}", "Messages that failed and wait for a person");

    /// <summary>Writes down what has failed for the last time.</summary>
    /// <param name="error">The type of what was thrown; null if that is not known, which leaves what is written already.</param>
    public async Task KeepAsync(string queue, string text, string? error, CancellationToken cancellationToken)
    {
        var message = HubMessage.TryRead(queue, text);
        var letter = new DeadLetter(await CityOfAsync(message, cancellationToken), queue, message, text, error, time.GetUtcNow());
        await storage.Upkeep.UpsertEntityAsync(letter.Write(), TableUpdateMode.Merge, cancellationToken);
    }

    /// <summary>
    /// Moves what lies in the poison queues, and says in the log how much waits: the alerts of infra-bicep/modules/alerts.bicep listen for
    /// exactly these words.
    /// </summary>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        await GatherAsync(cancellationToken);
        var waiting = await AllAsync(cancellationToken).Select(l => l.Queue).ToListAsync(cancellationToken);
        foreach (var queue in storage.PoisonMessages.Select(SourceOf))
        {
            var count = waiting.Count(q => q == queue);
            Waiting.Record(count, new KeyValuePair<string, object?>("queue", queue));
            if (count > 0)
            {
                Log.Waiting(logger, queue, count);
            }
        }
    }

    /// <summary>Moves what lies in the poison queues. A crash leaves nothing out: at worst one is moved twice, under the same id.</summary>
    public async Task GatherAsync(CancellationToken cancellationToken)
    {
        foreach (var poison in storage.PoisonMessages)
        {
            while (await ReceiveAsync(poison, cancellationToken) is { Length: > 0 } messages)
            {
                foreach (var message in messages)
                {
                    await KeepAsync(SourceOf(poison), message.Body.ToString(), null, cancellationToken);
                    await poison.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken);
                }
            }
        }
    }

    /// <summary>Everything that waits, of every city and of none.</summary>
    public IAsyncEnumerable<DeadLetter> AllAsync(CancellationToken cancellationToken) =>
        storage.Upkeep
            .QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey ne {Sweep.Partition}"), cancellationToken: cancellationToken)
            .Select(DeadLetter.Read);

    /// <summary>What waits of a city, by id.</summary>
    /// <param name="after">Begins behind this one, as <see cref="DeadLetterPage.Next"/> named it; null: with the first.</param>
    public async Task<DeadLetterPage> ListAsync(CityId city, int max, string? after, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {city.ToString()} and RowKey gt {after ?? ""}");
        var page = await storage.Upkeep
            .QueryAsync<TableEntity>(filter, maxPerPage: max, cancellationToken: cancellationToken)
            .AsPages()
            .FirstAsync(cancellationToken);
        return new([.. page.Values.Select(DeadLetter.Read)], page.ContinuationToken is null ? null : page.Values[^1].RowKey);
    }

    /// <param name="id">As in a form: it may be no id at all.</param>
    public async Task<DeadLetter?> FindAsync(CityId city, string id, CancellationToken cancellationToken)
    {
        if (!id.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'))
        {
            return null;
        }

        var row = await storage.Upkeep.GetEntityIfExistsAsync<TableEntity>(city.ToString(), id, cancellationToken: cancellationToken);
        return row.HasValue ? DeadLetter.Read(row.Value!) : null;
    }

    /// <summary>What the sender of a delivery sent, without secrets and addresses; null for an award, or after 30 days.</summary>
    public async Task<string?> BodyAsync(DeadLetter letter, CancellationToken cancellationToken) =>
        letter.Message is DeliveryMessage message && await inbox.LoadAsync(message, cancellationToken) is { } delivery
            ? RedactedDelivery.Of(delivery).Body
            : null;

    /// <summary>
    /// Sends a message into its queue again, as if it were new, and takes it off the list. If the process dies in between it is in both,
    /// which is harmless. False if it is none that any queue takes.
    /// </summary>
    public async Task<bool> ReplayAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        if (letter.Message is not { } message)
        {
            return false;
        }

        await HubTelemetry.StageAsync(HubTelemetry.Steward, ActivityKind.Internal, message.TraceParent, message.Ids, async () =>
        {
            await storage.SendAsync(message with { Attempt = 0, TraceParent = HubTelemetry.TraceParent }, cancellationToken);
            var row = letter.Write();
            await storage.Upkeep.DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: cancellationToken);
            Log.Replayed(logger, letter.Id);
        });
        return true;
    }

    private async Task<CityId?> CityOfAsync(HubMessage? message, CancellationToken cancellationToken)
    {
        var award = message switch
        {
            AwardMessage.Issue m => m.Award,
            AwardMessage.PublishStatus m => m.Award,
            AwardChange m => m.Award,
            _ => default,
        };
        return message is DeliveryMessage { City: var city } ? NotEmpty(city)
            : await awards.FindAsync(award.ToString(), cancellationToken) is { } found ? found.City
            : null;
    }

    // A message that somebody wrote by hand may lack it.
    private static CityId? NotEmpty(CityId city) => CityId.TryParse(city.ToString(), out var id) ? id : null;

    private static string SourceOf(QueueClient poison) => poison.Name[..^PoisonEnd.Length];

    private static async Task<Azure.Storage.Queues.Models.QueueMessage[]> ReceiveAsync(
        QueueClient poison, CancellationToken cancellationToken)
    {
        try
        {
            return await poison.ReceiveMessagesAsync(MaxAtOnce, Lease, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            // On a laptop the host makes it when it needs it.
            return [];
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Of queue {Queue}, {Count} messages failed and wait for a person")]
        public static partial void Waiting(ILogger logger, string queue, int count);

        [LoggerMessage(LogLevel.Information, "{Message} is tried again")]
        public static partial void Replayed(ILogger logger, string message);
    }
}
