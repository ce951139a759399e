using System.Text.Json;
using CitiesOfLearning.Hub.Deliveries;
using CitiesOfLearning.Hub.Senders;
using CitiesOfLearning.OpenBadges.Json;

namespace CitiesOfLearning.Hub.Completions;

/// <summary>Turns a delivery into completions, as its source's profile says. Pure: the same delivery always gives the same.</summary>
public static class CompletionMapper
{
    private const int MaxEvents = 100;

    public static IReadOnlyList<MappedEvent> Map(SourceProfile profile, RawDelivery delivery)
    {
        if (!StrictJson.TryParse(delivery.Body, out var body, out var problem))
        {
            return [new MappedEvent.Quarantined(problem.ToString())];
        }

        var items = profile.Items.Find(EventDocument.Of(delivery.Headers, body));
        return items.ValueKind switch
        {
            JsonValueKind.Undefined => [new MappedEvent.NotForUs()],
            JsonValueKind.Array when items.GetArrayLength() > MaxEvents =>
                [new MappedEvent.Quarantined($"more than {MaxEvents} events in one delivery")],
            JsonValueKind.Array => [.. items.EnumerateArray().Select(i => MapEvent(profile, delivery, i))],
            _ => [MapEvent(profile, delivery, items)],
        };
    }

    private static MappedEvent MapEvent(SourceProfile profile, RawDelivery delivery, JsonElement item)
    {
        var document = EventDocument.Of(delivery.Headers, item);
        return profile.Events switch
        {
            { Ping: { } ping } when ping.IsTrue(document) => new MappedEvent.Ping(),
            { Withdrawn: { } withdrawn } when withdrawn.IsTrue(document) => new MappedEvent.Withdrawn(),
            { Completed: var completed } when completed.IsTrue(document) => MapCompletion(profile, delivery, document),
            _ => new MappedEvent.NotForUs(),
        };
    }

    private static MappedEvent MapCompletion(SourceProfile profile, RawDelivery delivery, JmesDocument document)
    {
        var fields = new CompletionFields(document);
        var activity = new CompletedActivity(
            fields.Required(profile.Activity.Id, "the activity's id"), fields.Optional(profile.Activity.Name, "the activity's name"));
        var learner = new ReportedLearner(
            fields.Optional(profile.Learner.Account, "the learner's account"),
            fields.Optional(profile.Learner.Address, "the learner's address"),
            fields.Optional(profile.Learner.Name, "the learner's name"),
            fields.Optional(profile.Learner.Language, "the learner's language"));
        var occurredAt = fields.Time(profile.Time, delivery.ReceivedAt);
        var evidence = fields.Evidence(profile.Evidence);
        var score = fields.Score(profile.Score);
        fields.Check(learner.Account is not null || learner.Address is not null, "neither an account nor an address of the learner");

        return fields.Reason is { } reason
            ? new MappedEvent.Quarantined(reason)
            : new MappedEvent.Completed(
                new Completion(delivery.City, delivery.Source, "completed", activity, learner, occurredAt, evidence, score));
    }
}
