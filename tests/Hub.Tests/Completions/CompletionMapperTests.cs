using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Deliveries;
using CitiesOfLearning.Hub.Senders;
using CitiesOfLearning.Hub.Tests.Webhooks;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Completions;

public sealed class CompletionMapperTests
{
    [Theory]
    [InlineData("2026-11-20T10:00:00.123456789Z", "2026-11-20T10:00:00.1234567Z")]
    [InlineData("2026-11-20t10:00:00z", "2026-11-20T10:00:00Z")]
    [InlineData("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z")]
    [InlineData("2026-11-20T10:00:00.1+01:00", "2026-11-20T09:00:00.1Z")]
    [InlineData("2026-11-20T10:00:00-00:00", "2026-11-20T10:00:00Z")]
    [InlineData("2026-11-20T10:00:00+23:59", "2026-11-19T10:01:00Z")]
    [InlineData(" 2026-11-20T10:00:00Z\t", "2026-11-20T10:00:00Z")]
    [InlineData("2026-11-20T10:00:00.00000000000000000000000000000000000000000000000001Z", "2026-11-20T10:00:00Z")]
    public void A_time_is_read_as_RFC_3339_writes_it(string sent, string read)
    {
        var completed = Assert.IsType<MappedEvent.Completed>(Map("occurredAt", sent));

        Assert.Equal(DateTimeOffset.Parse(read, CultureInfo.InvariantCulture), completed.Completion.OccurredAt);
        Assert.Null(completed.LeftOut);
    }

    [Theory]
    [InlineData("2026-11-20T10:00:00")]
    [InlineData("2026-11-20T10:00:61Z")]
    [InlineData("2026-11-20T10:00:00.Z")]
    [InlineData("2026-11-20T25:00:00Z")]
    [InlineData("2026-02-30T10:00:00Z")]
    [InlineData("2026-11-20T10:00:00+24:00")]
    [InlineData("٢٠٢٦-11-20T10:00:00Z")]
    public void What_is_no_time_is_said(string sent) => AssertUnreadable("occurredAt", sent, "Reason.time");

    [Theory]
    [InlineData("occurredAt", null, "Reason.missing", "occurredAt")]
    [InlineData("occurredAt", "0001-01-01T00:00:00+14:00", "Reason.timeTooOld")]
    [InlineData("occurredAt", "9999-12-31T23:59:59-14:00", "Reason.timeAhead")]
    [InlineData("occurredAt", "9999-01-01T00:00:00Z", "Reason.timeAhead")]
    [InlineData("learner.id", "a\u0007", "Reason.control", "learner.account (body.learner.id)")]
    [InlineData("activity.id", "", "Reason.missing", "activity.id")]
    public void What_cannot_be_used_is_named_as_the_sender_has_it(string field, string? sent, string key, params string[] arguments) =>
        AssertUnreadable(field, sent, key, arguments);

    [Theory]
    [InlineData("\"COMPLETED\"")]
    [InlineData("null")]
    [InlineData("{}")]
    public void What_another_event_should_have_been_is_said(string type)
    {
        var reason = Assert.IsType<MappedEvent.NotACompletion>(Map("type", JsonNode.Parse(type))).Reason;

        Assert.Equal(("Reason.otherEvent", "body.type == 'completed'"), (reason.Key, reason.Arguments[^1]));
    }

    [Theory]
    [InlineData("learner.name", "\"Ada Example\\t\"", null)]
    [InlineData("learner.name", "\"Ada\\tExample\"", "learner.name")]
    [InlineData("learner.name", "{}", "learner.name")]
    [InlineData("learner.language", "[\"cy\"]", "learner.language")]
    [InlineData("activity.name", "true", "activity.name")]
    [InlineData("activity.id", "\"tide-pool-survey\\u200b\"", null)]
    [InlineData("score", "\"0.9\"", "score")]
    [InlineData("score", "85", "score")]
    [InlineData("evidence", "\"https://example.org\"", "evidence")]
    [InlineData("evidence", "[1, {\"url\": \"http://example.org\"}, {\"url\": 5, \"description\": \"x\"}]",
        "evidence[0], evidence[1].url, evidence[2].url")]
    [InlineData("evidence", "[{\"url\": \"https://example.org/a|b\"}, {\"url\": null, \"description\": \" \"}]", null)]
    public void A_bad_optional_field_is_left_out_and_named(string field, string json, string? leftOut)
    {
        var completed = Assert.IsType<MappedEvent.Completed>(Map(field, JsonNode.Parse(json)));

        Assert.Equal("tide-pool-survey", completed.Completion.Activity.Id);
        Assert.Equal(leftOut, completed.LeftOut);
    }

    [Theory]
    [InlineData("\"none\"", "none")]
    [InlineData("\"ada@example.org\\r\\nBcc: eve@example.org\"", "ada@example.org\r\nBcc: eve@example.org")]
    [InlineData("[\"ada@example.org\"]", "[\"ada@example.org\"]")]
    public void An_address_that_mail_cannot_reach_is_left_out_where_an_account_says_who_it_is(string json, string sent)
    {
        var alone = Assert.IsType<MappedEvent.Completed>(Map("learner.email", JsonNode.Parse(json)));
        var learner = new JsonObject { ["id"] = "8", ["email"] = JsonNode.Parse(json) };
        var beside = Assert.IsType<MappedEvent.Completed>(Map("learner", learner));

        Assert.Equal((sent, null), (alone.Completion.Learner.Address, alone.LeftOut)); // its reason names it
        Assert.Equal("learner.address", beside.LeftOut);
    }

    [Theory]
    [InlineData("activity.id", "\" \"", "Reason.missing")]
    [InlineData("activity.id", "\"a\\tb\"", "Reason.control")]
    [InlineData("learner.id", "{}", "Reason.notText")]
    public void A_bad_field_that_tells_one_from_another_is_fatal(string field, string json, string reason) =>
        Assert.Equal(reason, Assert.IsType<MappedEvent.Unreadable>(Map(field, JsonNode.Parse(json))).Reason.Key);

    private static MappedEvent Map(string field, JsonNode? value)
    {
        var body = new JsonObject
        {
            ["type"] = "completed",
            ["occurredAt"] = "2026-11-20T10:00:00Z",
            ["activity"] = new JsonObject { ["id"] = "tide-pool-survey" },
            ["learner"] = new JsonObject { ["email"] = "ada@example.org" },
        };
        var (parent, name) = field.Split('.') is [var outer, var inner] ? (body[outer]!, inner) : (body, field);
        parent[name] = value;
        var profile = SourceProfiles.Find("standard-webhooks")!;
        var delivery = new RawDelivery(
            SampleCity.Plymouth, "hub", "d", "b", profile.Id, SomeCity.Now, null, new Dictionary<string, string>(),
            Encoding.UTF8.GetBytes(body.ToJsonString()));
        return Assert.Single(CompletionMapper.Map(profile, delivery));
    }

    private static void AssertUnreadable(string field, string? sent, string key, params string[] arguments)
    {
        var reason = Assert.IsType<MappedEvent.Unreadable>(Map(field, sent)).Reason;

        Assert.Equal((key, string.Join('|', arguments)), (reason.Key, string.Join('|', reason.Arguments)));
    }
}
