using System.Diagnostics;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Deliveries;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Learners;
using CitiesOfLearning.Hub.Senders;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Telemetry;
using CitiesOfLearning.Hub.Texts;
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
    QuestionTable questions,
    AwardRules rules,
    AwardBook awards,
    Postpone postpone,
    ILogger<DeliveryHandler> logger)
{
    /// <param name="queueMessage">A <see cref="DeliveryMessage"/>. It may come twice, late or out of order.</param>
    public Task HandleAsync(string queueMessage, CancellationToken cancellationToken) =>
        postpone.HandleAsync(DeliveryMessage.Read(queueMessage), HandleAsync, cancellationToken);

    private async Task HandleAsync(DeliveryMessage message, CancellationToken cancellationToken)
    {
        // The same delivery on another day has a blob of its own. What came first under a delivery key is what counts, for ever.
        var first = await deliveries.FirstAsync(message.City, message.Source, message.Delivery, cancellationToken);
        if (await inbox.LoadAsync(message with { Blob = first?.Blob ?? message.Blob }, cancellationToken) is { } delivery)
        {
            await WorkThroughAsync(delivery, first, AskedBy.Sender, cancellationToken);
        }
        else if (first is null)
        {
            throw new InvalidOperationException($"Delivery {message.Delivery} has no blob.");
        }
    }

    /// <summary>
    /// Works a delivery through again with today's rules and roster, in the trace that it came in. False if it is unknown, or its raw
    /// bytes are gone (after 30 days).
    /// </summary>
    public async Task<bool> MapAgainAsync(
        CityId city, string source, string delivery, AskedBy asked, CancellationToken cancellationToken)
    {
        if (await deliveries.FirstAsync(city, source, delivery, cancellationToken) is not { } first)
        {
            return false;
        }

        var message = new DeliveryMessage(city, source, delivery, first.Blob);
        return await inbox.LoadAsync(message, cancellationToken) is { } stored
            && await HubTelemetry.StageAsync(
                HubTelemetry.Steward,
                ActivityKind.Internal,
                stored.TraceParent,
                message.Ids,
                () => WorkThroughAsync(stored, first, asked, cancellationToken));
    }

    private async Task<bool> WorkThroughAsync(
        RawDelivery delivery, FirstDelivery? first, AskedBy asked, CancellationToken cancellationToken)
    {
        var city = await cities.FindAsync(delivery.City, cancellationToken);
        var decisions = new List<DeliveryDecision>();
        foreach (var mapped in Map(delivery, city))
        {
            var work = new Work(delivery, new(delivery.Delivery, decisions.Count, delivery.Blob), IsAgain: first is not null, asked);
            decisions.Add(await DecideAsync(mapped, work, city, cancellationToken));
        }

        await deliveries.RecordAsync(delivery, first, decisions, cancellationToken);
        var outcomes = string.Join(", ", decisions.Select(d => d.Outcome).Distinct());
        Log.Understood(logger, delivery.City, delivery.Source, delivery.Delivery, outcomes);
        return true;
    }

    private static IReadOnlyList<MappedEvent> Map(RawDelivery delivery, City? city)
    {
        if (city is null || !city.Sources.ContainsKey(delivery.Source))
        {
            return [new MappedEvent.Unreadable(new TextKey("Reason.noSource", delivery.Source))];
        }

        return SourceProfiles.Find(delivery.Profile) is { } profile
            ? CompletionMapper.Map(profile, delivery)
            : [new MappedEvent.Unreadable(new TextKey("Reason.noProfile", delivery.Profile))];
    }

    private async Task<DeliveryDecision> DecideAsync(
        MappedEvent mapped, Work work, City? city, CancellationToken cancellationToken)
    {
        switch (mapped)
        {
            case MappedEvent.Completed { Completion: var completion, LeftOut: var leftOut }:
                return About(completion, Saying(leftOut, await AwardAsync(completion, work, city!, cancellationToken)));
            case MappedEvent.Withdrawn { Completion: { } completion }:
                return About(completion, await WithdrawnAsync(completion, work.Delivery, city!, cancellationToken));
            case MappedEvent.Withdrawn:
                return new(DeliveryOutcome.Withdrawn, Reason: new TextKey("Reason.withdrawn"));
            case MappedEvent.Ping:
                return new(DeliveryOutcome.Ping);
            case MappedEvent.NotACompletion { Reason: var reason }:
                return new(DeliveryOutcome.NotACompletion, Reason: reason);
            case MappedEvent.Unreadable { Reason: var reason }:
                return new(DeliveryOutcome.Unreadable, Reason: reason);
            default:
                throw new InvalidOperationException($"No such event: {mapped.GetType().Name}.");
        }
    }

    private async Task<DeliveryDecision> AwardAsync(
        Completion completion, Work work, City city, CancellationToken cancellationToken)
    {
        switch (Apply(completion, work.Delivery, city))
        {
            case RuleOutcome.NoBadge { Reason: var reason }:
                return new(DeliveryOutcome.NoBadge, Reason: reason);
            case RuleOutcome.Earned earned:
                switch (await ResolveAsync(completion, work, city, cancellationToken))
                {
                    case LearnerResolution.Unknown { Reason: var reason, Key: var key }:
                        return new(DeliveryOutcome.Waiting, Badge: earned.Badge.Id, Reason: reason, Question: key);
                    case LearnerResolution.NotOurs:
                        return new(DeliveryOutcome.NoBadge, Badge: earned.Badge.Id, Reason: new TextKey("Reason.notOurs"));
                    case LearnerResolution.Known known:
                        var (outcome, award) = await awards.AwardAsync(
                            earned, known.Learner, known.IsNews, completion, work.Delivery.Delivery, work.Asked, cancellationToken);
                        await learners.RememberAsync(city, city.Sources[work.Delivery.Source], known, cancellationToken);
                        return new(outcome, award, earned.Badge.Id);
                    default:
                        throw new InvalidOperationException("A learner is either known or unknown.");
                }

            default:
                throw new InvalidOperationException("A completion earns a badge or none.");
        }
    }

    private async Task<LearnerResolution> ResolveAsync(Completion completion, Work work, City city, CancellationToken cancellationToken)
    {
        var source = city.Sources[work.Delivery.Source];
        var found = await learners.ResolveAsync(city, source, completion.Learner, work.Delivery.ReceivedAt, cancellationToken);
        var waited = work.IsAgain;
        if (found is LearnerResolution.Unknown unknown)
        {
            var question = new Question(
                city.Id,
                source.Id,
                unknown.Key,
                unknown.Said with { Address = unknown.Said.Address ?? completion.Learner.Address },
                TextKey.Short(completion.Activity.Name ?? completion.Activity.Id),
                completion.OccurredAt,
                unknown.Reason,
                work.Delivery.ReceivedAt);
            await questions.AskAsync(question, work.Waiting, cancellationToken);

            // Somebody may have answered between the look and the question.
            found = await learners.ResolveAsync(city, source, completion.Learner, work.Delivery.ReceivedAt, cancellationToken);
            waited = true;
        }

        if (waited && found is not LearnerResolution.Unknown)
        {
            var key = learners.Key(city, source, completion.Learner);
            await questions.WithdrawAsync(city.Id, source.Id, key, work.Waiting, cancellationToken);
        }

        return found;
    }

    // Nothing is revoked until a person decides so; they are shown the award that it is about.
    private async Task<DeliveryDecision> WithdrawnAsync(
        Completion completion, RawDelivery delivery, City city, CancellationToken cancellationToken)
    {
        var award = Apply(completion, delivery, city) is RuleOutcome.Earned earned
            && await learners.FindAsync(city, city.Sources[delivery.Source], completion.Learner, cancellationToken) is { } learner
                ? await awards.FindAsync(city.Id, earned.Badge.Id, learner, cancellationToken)
                : null;
        return new(DeliveryOutcome.Withdrawn, award?.Id, award?.Badge, new TextKey("Reason.withdrawn"));
    }

    private RuleOutcome Apply(Completion completion, RawDelivery delivery, City city) =>
        rules.Apply(city, city.Sources[delivery.Source], SourceProfiles.Find(delivery.Profile)!.Tier, completion);

    // It may be why no rule is for it; and where something was awarded, it is all that there is to say.
    private static DeliveryDecision Saying(string? leftOut, DeliveryDecision decision) => (leftOut, decision) switch
    {
        (not null, { Reason.Key: "Reason.noRule" or "Reason.nearest" }) =>
            decision with { Reason = new TextKey("Reason.noBadgeLeftOut", leftOut) },
        (not null, { Reason: null }) => decision with { Reason = new TextKey("Reason.leftOut", leftOut) },
        _ => decision,
    };

    private static DeliveryDecision About(Completion completion, DeliveryDecision decision) => decision with
    {
        Learner = new ShownLearner(Shown(completion.Learner.Account), Shown(completion.Learner.Name)),
        Activity = TextKey.Short(completion.Activity.Id),
        OccurredAt = completion.OccurredAt,
    };

    private static string? Shown(string? text) => text is null ? null : TextKey.Short(text);

    /// <param name="Waiting">This event, if nobody knows whose it is.</param>
    /// <param name="IsAgain">Whether the delivery was worked through before.</param>
    private sealed record Work(RawDelivery Delivery, WaitingCompletion Waiting, bool IsAgain, AskedBy Asked);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Delivery {Delivery} of {City}/{Source}: {Outcomes}.")]
        public static partial void Understood(ILogger logger, CityId city, string source, string delivery, string outcomes);
    }
}
