using System.Globalization;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Deliveries;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Learners;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Telemetry;

namespace CitiesOfLearning.Hub.Awards;

/// <summary>Why a delivery is worked through.</summary>
public enum AskedBy
{
    /// <summary>It came, or came again.</summary>
    Sender,

    /// <summary>A person wants it mapped with today's rules: what is not signed yet says what they make of it.</summary>
    MapAgain,

    /// <summary>A person wants what it earned, and had been taken back, to be awarded again.</summary>
    AwardAgain,
}

/// <summary>
/// Writes down what was earned and asks for its credential. A learner holds a badge class once; one that the city took back can be awarded
/// again, as its next occurrence, when a person says so.
/// </summary>
public sealed class AwardBook(AwardTable awards, LearnerTable learners, HubStorage storage, HubIds ids, TimeProvider time)
{
    /// <param name="isNews">Whether something is known of the learner that is not written down yet.</param>
    /// <param name="delivery">The delivery that says so.</param>
    /// <returns>Awarded, AlreadyHeld or TakenBack, and the award that this is about.</returns>
    public async Task<(DeliveryOutcome Outcome, AwardId Award)> AwardAsync(
        RuleOutcome.Earned earned,
        Learner learner,
        bool isNews,
        Completion completion,
        string delivery,
        AskedBy asked,
        CancellationToken cancellationToken)
    {
        Award? revoked = null;
        for (var occurrence = 1; ; occurrence++)
        {
            var award = Decided(Id(completion.City, earned.Badge.Id, learner, occurrence), earned, learner, completion, delivery);
            if (revoked is not null && asked != AskedBy.AwardAgain && await awards.FindAsync(award.Id, cancellationToken) is null)
            {
                return (DeliveryOutcome.TakenBack, revoked.Id);
            }

            await learners.KeepAsync(completion.City, learner, isNews, award.Id, cancellationToken);
            isNews = false;
            if (await awards.AddAsync((Transition.Changed)award.Decide(time.GetUtcNow()), cancellationToken))
            {
                await IssueAsync(award, cancellationToken);
                return (DeliveryOutcome.Awarded, award.Id);
            }

            // Two deliveries of one completion would amend it in turn: only a person's word does.
            var held = asked == AskedBy.Sender
                ? (await awards.FindAsync(award.Id, cancellationToken))!
                : (await awards.ChangeAsync(award.Id, now => now.Amend(award, time.GetUtcNow()), cancellationToken))!.Award;
            if (held.WantsIssue)
            {
                // Asked again while it waits: the process may have died between the row and the message.
                await IssueAsync(held, cancellationToken);
            }
            else if (held.WantsMail && learner.Address is not null)
            {
                // Nobody was written to yet: the learner had no address then.
                var change = new AwardChange(held.Id, AwardEventKind.Issued, held.Events) { TraceParent = held.TraceParent };
                await storage.SendAsync(change, cancellationToken);
            }

            if (held.Standing != AwardStanding.Revoked)
            {
                return (held.Delivery == delivery ? DeliveryOutcome.Awarded : DeliveryOutcome.AlreadyHeld, held.Id);
            }

            revoked = held;
        }
    }

    /// <summary>The learner's latest award of a badge class; null if there is none.</summary>
    public async Task<Award?> FindAsync(CityId city, string badge, Learner learner, CancellationToken cancellationToken)
    {
        Award? latest = null;
        for (var occurrence = 1; ; occurrence++)
        {
            if (await awards.FindAsync(Id(city, badge, learner, occurrence), cancellationToken) is not { } found)
            {
                return latest;
            }

            latest = found;
        }
    }

    // Whichever delivery asks, it stays in the award's own trace.
    private Task IssueAsync(Award award, CancellationToken cancellationToken) =>
        storage.SendAsync(new AwardMessage.Issue(award.Id) { TraceParent = award.TraceParent }, cancellationToken);

    private AwardId Id(CityId city, string badge, Learner learner, int occurrence) => ids.AwardId(
        city, badge, learner.Id, occurrence == 1 ? "" : occurrence.ToString(CultureInfo.InvariantCulture));

    private static Award Decided(
        AwardId id, RuleOutcome.Earned earned, Learner learner, Completion completion, string delivery) => new()
        {
            Id = id,
            City = completion.City,
            Badge = earned.Badge.Id,
            BadgeVersion = earned.Badge.Version,
            Provider = earned.Provider,
            Source = completion.Source,
            Delivery = delivery,
            LearnerId = learner.Id,
            Language = learner.Language,
            AchievedAt = completion.OccurredAt.ToUniversalTime(),
            Evidence = earned.Evidence,
            Score = completion.Score,
            TraceParent = HubTelemetry.TraceParent,
        };
}
