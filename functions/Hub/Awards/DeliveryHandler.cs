using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Deliveries;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Learners;
using CitiesOfLearning.Hub.Senders;
using CitiesOfLearning.Hub.Storage;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.Hub.Awards;

/// <summary>
/// UNDERSTAND: a stored delivery becomes completions, each of them a learner's, and the city's rules decide what it earns.
/// </summary>
public sealed partial class DeliveryHandler(
    CityDirectory cities,
    Inbox inbox,
    DeliveryTable deliveries,
    LearnerResolver learners,
    AwardRules rules,
    AwardTable awards,
    ILogger<DeliveryHandler> logger)
{
    /// <param name="queueMessage">A <see cref="DeliveryMessage"/>. It may come twice, late or out of order.</param>
    public async Task HandleAsync(string queueMessage, CancellationToken cancellationToken)
    {
        var message = DeliveryMessage.Read(queueMessage);

        // The same delivery on another day has a blob of its own. What came first under a delivery key is what counts, for ever.
        var first = await deliveries.FindAsync(message.City, message.Source, message.Delivery, cancellationToken);
        var found = await WorkThroughAsync(message with { Blob = first?.Blob ?? message.Blob }, cancellationToken);
        if (!found && first is null)
        {
            throw new InvalidOperationException($"Delivery {message.Delivery} has no blob.");
        }
    }

    /// <summary>
    /// Works a delivery through again with today's rules and roster. False if it is unknown, or its raw bytes are gone (after 30 days).
    /// </summary>
    public async Task<bool> MapAgainAsync(CityId city, string source, string delivery, CancellationToken cancellationToken) =>
        await deliveries.FindAsync(city, source, delivery, cancellationToken) is { } record
        && await WorkThroughAsync(new DeliveryMessage(city, source, delivery, record.Blob), cancellationToken);

    private async Task<bool> WorkThroughAsync(DeliveryMessage message, CancellationToken cancellationToken)
    {
        var city = await cities.FindAsync(message.City, cancellationToken);
        if (await inbox.LoadAsync(message, cancellationToken) is not { } delivery)
        {
            return false;
        }

        var decisions = new List<DeliveryDecision>();
        foreach (var mapped in Map(delivery, city))
        {
            decisions.Add(await DecideAsync(mapped, delivery, city, cancellationToken));
        }

        await deliveries.RecordAsync(delivery, decisions, cancellationToken);
        var outcomes = string.Join(", ", decisions.Select(d => d.Outcome).Distinct());
        Log.Understood(logger, delivery.City, delivery.Source, delivery.Delivery, outcomes);
        return true;
    }

    private static IReadOnlyList<MappedEvent> Map(RawDelivery delivery, City? city)
    {
        if (city is null || !city.Sources.ContainsKey(delivery.Source))
        {
            return [new MappedEvent.Quarantined("the city no longer has this source")];
        }

        return SourceProfiles.Find(delivery.Profile) is { } profile
            ? CompletionMapper.Map(profile, delivery)
            : [new MappedEvent.Quarantined($"the hub no longer has the profile \"{delivery.Profile}\"")];
    }

    private async Task<DeliveryDecision> DecideAsync(
        MappedEvent mapped, RawDelivery delivery, City? city, CancellationToken cancellationToken)
    {
        switch (mapped)
        {
            case MappedEvent.Completed { Completion: var completion }:
                var source = city!.Sources[delivery.Source];
                var tier = SourceProfiles.Find(delivery.Profile)!.Tier;
                return await DecideAsync(
                    rules.Decide(city, source, tier, completion, learners.Resolve(city, source, completion.Learner)), cancellationToken);
            case MappedEvent.Ping:
                return new DeliveryDecision(DeliveryOutcome.Ping, null, null, "the sender tried its connection");
            case MappedEvent.Withdrawn:
                return new DeliveryDecision(
                    DeliveryOutcome.Withdrawn,
                    null,
                    null,
                    "the sender withdraws a completion: nothing is revoked until a person decides so");
            case MappedEvent.NotForUs:
                return new DeliveryDecision(DeliveryOutcome.NotForUs, null, null, "not a completion");
            case MappedEvent.Quarantined { Reason: var reason }:
                return new DeliveryDecision(DeliveryOutcome.Quarantined, null, null, reason);
            default:
                throw new InvalidOperationException($"No such event: {mapped.GetType().Name}.");
        }
    }

    private async Task<DeliveryDecision> DecideAsync(AwardDecision decision, CancellationToken cancellationToken)
    {
        switch (decision)
        {
            case AwardDecision.Award award:
                await awards.DecideAsync(award, cancellationToken);
                return new DeliveryDecision(DeliveryOutcome.Awarded, award.AwardId, award.Badge, null);
            case AwardDecision.NoBadge { Reason: var reason }:
                return new DeliveryDecision(DeliveryOutcome.NoBadge, null, null, reason);
            case AwardDecision.UnknownLearner { Reason: var reason }:
                return new DeliveryDecision(DeliveryOutcome.UnknownLearner, null, null, reason);
            default:
                throw new InvalidOperationException($"No such decision: {decision.GetType().Name}.");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Delivery {Delivery} of {City}/{Source}: {Outcomes}.")]
        public static partial void Understood(ILogger logger, CityId city, string source, string delivery, string outcomes);
    }
}
