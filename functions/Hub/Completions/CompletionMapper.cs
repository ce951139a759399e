using System.Globalization;
using System.Text.Json;
using CitiesOfLearning.Hub.Deliveries;
using CitiesOfLearning.Hub.Senders;
using CitiesOfLearning.Hub.Texts;
using CitiesOfLearning.OpenBadges.Json;

namespace CitiesOfLearning.Hub.Completions;

/// <summary>Turns a delivery into completions, as its source's profile says. Pure: the same delivery always gives the same.</summary>
public static class CompletionMapper
{
    private const int MaxEvents = 100;

    public static IReadOnlyList<MappedEvent> Map(SourceProfile profile, RawDelivery delivery)
    {
        if (!StrictJson.TryParse(delivery.Body, out var body, out _))
        {
            return [new MappedEvent.Unreadable(new TextKey("Reason.notJson"))];
        }

        var items = profile.Items.Find(EventDocument.Of(delivery.Headers, body));
        return items.ValueKind switch
        {
            JsonValueKind.Undefined => [new MappedEvent.NotACompletion(new("Reason.noItems", profile.Name, profile.Items.Text))],
            JsonValueKind.Array when items.GetArrayLength() > MaxEvents =>
                [new MappedEvent.Unreadable(new TextKey("Reason.tooMany", MaxEvents.ToString(CultureInfo.InvariantCulture)))],
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
            { Withdrawn: { } withdrawn } when withdrawn.IsTrue(document) => new MappedEvent.Withdrawn(
                (MapCompletion(profile, delivery, document) as MappedEvent.Completed)?.Completion),
            { Completed: var completed } when completed.IsTrue(document) => MapCompletion(profile, delivery, document),
            _ => new MappedEvent.NotACompletion(new("Reason.otherEvent", profile.Name, profile.Events.Completed.Text)),
        };
    }

    private static MappedEvent MapCompletion(SourceProfile profile, RawDelivery delivery, JmesDocument document)
    {
        var fields = new CompletionFields(document);
        var activity = new CompletedActivity(
            fields.Required(profile.Activity.Id, "activity.id"), fields.Optional(profile.Activity.Name, "activity.name"));
        var account = fields.Identifying(profile.Learner.Account, "learner.account");
        var learner = new ReportedLearner(
            account,
            fields.Address(profile.Learner.Address, account),
            fields.Optional(profile.Learner.Name, "learner.name"),
            fields.Optional(profile.Learner.Language, "learner.language"));
        var occurredAt = fields.Time(profile.Time, delivery.ReceivedAt);
        var evidence = fields.Evidence(profile.Evidence);
        var score = fields.Score(profile.Score);
        fields.Check(learner.Account is not null || learner.Address is not null, new TextKey("Reason.nobody"));

        return fields.Reason is { } reason
            ? new MappedEvent.Unreadable(reason)
            : new MappedEvent.Completed(
                new Completion(delivery.City, delivery.Source, "completed", activity, learner, occurredAt, evidence, score),
                fields.LeftOut);
    }
}
