using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Azure.Data.Tables;
using Azure.Storage.Blobs.Models;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Deliveries;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Learners;
using CitiesOfLearning.Hub.Mail;
using CitiesOfLearning.Hub.Status;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Telemetry;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.Hub.Upkeep;

/// <summary>What a sweep asked for again.</summary>
/// <param name="At">When it ended.</param>
/// <param name="Deliveries">Stored and never worked through.</param>
/// <param name="Awards">Decided and never issued.</param>
/// <param name="Mails">Issued, and their learner never written to.</param>
public sealed record Swept(DateTimeOffset At, int Deliveries, int Awards, int Mails);

/// <summary>
/// Asks again for whatever is not where it should be, so that even a lost message loses nothing. A message too many is harmless: whoever
/// finds a step done does nothing. Status lists that grow old are signed again.
/// </summary>
public sealed partial class Sweep(
    HubStorage storage,
    CityDirectory cities,
    DeliveryTable deliveries,
    LearnerTable learners,
    AwardTable awards,
    StatusLists lists,
    MailPace pace,
    DeadLetters deadLetters,
    TimeProvider time,
    ILogger<Sweep> logger)
{
    /// <summary>What was touched since may be on its way.</summary>
    public static readonly TimeSpan OnItsWay = TimeSpan.FromHours(1);

    internal const string Partition = "_sweep";
    private const string Last = "last";

    // As long as a message can be put off: while the vault is away for days, an award has two messages and not one more for each hour.
    private static readonly TimeSpan AskAgain = TimeSpan.FromDays(8);

    private static readonly Counter<long> Asked = HubTelemetry.Meter.CreateCounter<long>(
        "hub.sweep.asked_again", "{message}", "What the sweep found missing and asked for again");

    /// <returns>What was asked for again; also kept for <see cref="LastAsync"/>.</returns>
    public async Task<Swept> RunAsync(CancellationToken cancellationToken)
    {
        var lostDeliveries = 0;
        var inLine = new HashSet<CityId>();
        foreach (var city in await cities.AllAsync(cancellationToken))
        {
            await lists.RenewAsync(city.Id, cancellationToken);
            lostDeliveries += await DeliveriesAsync(city, cancellationToken);
            if (await pace.HasLineAsync(city.Sender, cancellationToken))
            {
                inLine.Add(city.Id);
            }
        }

        var (lostAwards, lostMails) = await AwardsAsync(inLine, cancellationToken);
        var swept = new Swept(time.GetUtcNow(), lostDeliveries, lostAwards, lostMails);
        await storage.Upkeep.UpsertEntityAsync(Write(swept), TableUpdateMode.Replace, cancellationToken);
        Count(HubStorage.DeliveriesQueue, lostDeliveries);
        Count(HubStorage.AwardsQueue, lostAwards);
        Count(HubStorage.MailQueue, lostMails);
        Log.Swept(logger, lostDeliveries, lostAwards, lostMails);
        return swept;
    }

    /// <summary>What the last sweep asked for again, whichever instance did it; null if there was none.</summary>
    public static async Task<Swept?> LastAsync(HubStorage storage, CancellationToken cancellationToken)
    {
        var row = await storage.Upkeep.GetEntityIfExistsAsync<TableEntity>(Partition, Last, cancellationToken: cancellationToken);
        return row.HasValue ? Read(row.Value!) : null;
    }

    /// <param name="inLine">Cities with a line before their mailboxes: whose message stands in it is not lost.</param>
    private async Task<(int Awards, int Mails)> AwardsAsync(IReadOnlySet<CityId> inLine, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (lostAwards, lostMails) = (0, 0);
        await foreach (var award in awards.UnfinishedAsync(now - OnItsWay, now - AskAgain, cancellationToken))
        {
            if (award.WantsIssue)
            {
                await AskAgainAsync(
                    new AwardMessage.Issue(award.Id) { TraceParent = award.TraceParent },
                    () => Log.Award(logger, award.Id),
                    cancellationToken);
                lostAwards++;
            }
            else if (inLine.Contains(award.City))
            {
                continue;
            }
            else if ((await learners.FindAsync(award.LearnerId, cancellationToken))?.Address is not null)
            {
                var change = new AwardChange(award.Id, AwardEventKind.Issued, award.Events) { TraceParent = award.TraceParent };
                await AskAgainAsync(change, () => Log.Mail(logger, award.Id), cancellationToken);
                lostMails++;
            }

            // Also of a learner without an address, who waits for a slip: not looked up every hour.
            await awards.AskedAgainAsync(award, now, cancellationToken);
        }

        return (lostAwards, lostMails);
    }

    // Of yesterday and today: two listings for each source, and one query for each city.
    private async Task<int> DeliveriesAsync(City city, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        DateTimeOffset[] days = [now.AddDays(-1), now];
        var yesterday = new DateTimeOffset(days[0].UtcDateTime.Date, TimeSpan.Zero);
        var known = await deliveries.SinceAsync(city.Id, yesterday, cancellationToken);
        var lost = 0;
        foreach (var (source, day) in city.Sources.Keys.SelectMany(s => days.Select(d => (s, d))))
        {
            var prefix = string.Create(CultureInfo.InvariantCulture, $"{city.Id}/{source}/{day.UtcDateTime:yyyy/MM/dd}/");
            await foreach (var blob in storage.InboxBlobs.GetBlobsAsync(
                BlobTraits.Metadata, BlobStates.None, prefix, cancellationToken))
            {
                var message = new DeliveryMessage(city.Id, source, blob.Name[prefix.Length..], blob.Name)
                {
                    TraceParent = Inbox.TraceOf(blob.Metadata),
                };
                if (blob.Properties.CreatedOn < now - OnItsWay
                    && !known.Contains((source, message.Delivery))
                    && await IsLostAsync(message, cancellationToken))
                {
                    await AskAgainAsync(message, () => Log.Delivery(logger, city.Id, source, message.Delivery), cancellationToken);
                    lost++;
                }
            }
        }

        return lost;
    }

    // Not so if it came first on an earlier day, or waits for a person.
    private async Task<bool> IsLostAsync(DeliveryMessage message, CancellationToken cancellationToken)
    {
        var waiting = new DeadLetter(message.City, HubStorage.DeliveriesQueue, message, "", null, default).Id;
        return await deliveries.FirstAsync(message.City, message.Source, message.Delivery, cancellationToken) is null
            && await deadLetters.FindAsync(message.City, waiting, cancellationToken) is null;
    }

    private Task AskAgainAsync(HubMessage message, Action log, CancellationToken cancellationToken) =>
        HubTelemetry.StageAsync("SWEEP", ActivityKind.Internal, message.TraceParent, message.Ids, async () =>
        {
            await storage.SendAsync(message with { TraceParent = HubTelemetry.TraceParent }, cancellationToken);
            log();
        });

    private static void Count(string queue, int count) => Asked.Add(count, new KeyValuePair<string, object?>("queue", queue));

    private static TableEntity Write(Swept swept) => new(Partition, Last)
    {
        ["At"] = swept.At,
        ["Deliveries"] = swept.Deliveries,
        ["Awards"] = swept.Awards,
        ["Mails"] = swept.Mails,
    };

    private static Swept Read(TableEntity row) => new(
        row.GetDateTimeOffset("At")!.Value,
        row.GetInt32("Deliveries")!.Value,
        row.GetInt32("Awards")!.Value,
        row.GetInt32("Mails")!.Value);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Swept: asked again for {Deliveries} deliveries, {Awards} awards and {Mails} mails")]
        public static partial void Swept(ILogger logger, int deliveries, int awards, int mails);

        [LoggerMessage(LogLevel.Warning, "Delivery {Delivery} of {City}/{Source} was stored and not worked through; asked again")]
        public static partial void Delivery(ILogger logger, CityId city, string source, string delivery);

        [LoggerMessage(LogLevel.Warning, "Award {AwardId} was decided and not issued; asked again")]
        public static partial void Award(ILogger logger, AwardId awardId);

        [LoggerMessage(LogLevel.Warning, "Award {AwardId} was issued and its learner not written to; asked again")]
        public static partial void Mail(ILogger logger, AwardId awardId);
    }
}
