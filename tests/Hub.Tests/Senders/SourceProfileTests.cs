using System.Text;
using System.Text.Json;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Deliveries;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Senders;
using CitiesOfLearning.Hub.Tests.Webhooks;
using CitiesOfLearning.Hub.Texts;
using NJsonSchema;

namespace CitiesOfLearning.Hub.Tests.Senders;

public sealed class SourceProfileTests
{
    public static TheoryData<string> Ids => [.. SourceProfiles.Ids];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task A_profile_is_what_its_schema_says(string id)
    {
        var schema = await JsonSchema.FromJsonAsync(Resource(".Schemas.source-profile.json"), TestContext.Current.CancellationToken);

        Assert.Empty(schema.Validate(Resource($".Senders.Profiles.{id}.json")));
    }

    [Fact]
    public async Task The_schema_notices_what_is_not_a_profile()
    {
        var schema = await JsonSchema.FromJsonAsync(Resource(".Schemas.source-profile.json"), TestContext.Current.CancellationToken);
        var profile = Resource(".Senders.Profiles.standard-webhooks.json");

        Assert.NotEmpty(schema.Validate(profile.Replace("\"kind\": \"standard-webhooks\"", "\"kind\": \"trust-me\"")));
        Assert.NotEmpty(schema.Validate(profile.Replace("\"items\"", "\"itmes\"")));
    }

    [Fact]
    public async Task Canonical_payloads_that_earn_something_fit_the_published_schema()
    {
        var schema = await JsonSchema.FromJsonAsync(Resource(".Schemas.completion.json"), TestContext.Current.CancellationToken);

        foreach (var name in new[] { "completed", "least", "ping", "undone", "name-like-a-formula" })
        {
            Assert.Empty(schema.Validate(File.ReadAllText(Payloads.Path($"standard-webhooks/{name}.json"))));
        }

        Assert.NotEmpty(schema.Validate(File.ReadAllText(Payloads.Path("standard-webhooks/another-type.json"))));
        Assert.NotEmpty(schema.Validate(File.ReadAllText(Payloads.Path("standard-webhooks/score-above-one.json"))));
        Assert.NotEmpty(schema.Validate(File.ReadAllText(Payloads.Path("standard-webhooks/evidence-over-http.json"))));
    }

    [Theory]
    [InlineData("\"events\"", "\"evnets\"")]
    [InlineData("\"body.occurredAt\"", "\"body.(\"")]
    [InlineData("\"signed\"", "\"very\"")]
    public void A_mistake_in_a_profile_is_found_when_it_is_read(string right, string wrong)
    {
        var json = Resource(".Senders.Profiles.standard-webhooks.json").Replace(right, wrong);

        var fault = Record.Exception(() => SourceProfiles.Read(new MemoryStream(Encoding.UTF8.GetBytes(json))));

        Assert.True(fault is JsonException or FormatException, $"{fault}");
    }

    [Fact]
    public void A_profile_may_split_a_batch()
    {
        var json = Resource(".Senders.Profiles.standard-webhooks.json").Replace("\"items\": \"body\"", "\"items\": \"body.payloads\"");
        var profile = SourceProfiles.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)));
        var body = """{"payloads":[{"type":"ping"},{"type":"withdrawn"},{"type":"completed"},{}]}"""u8.ToArray();

        var events = CompletionMapper.Map(
            profile, new RawDelivery(
                CityId.Parse("c"), "s", "d", "b", profile.Id, SomeCity.Now, null, new Dictionary<string, string>(), body));

        Assert.Equal(
            [
                new MappedEvent.Ping(),
                new MappedEvent.Withdrawn(null),
                new MappedEvent.Unreadable(new TextKey("Reason.missing", "activity.id")),
                new MappedEvent.NotACompletion(new TextKey("Reason.otherEvent", profile.Name, "body.type == 'completed'")),
            ],
            events);
    }

    [Theory]
    [InlineData("moodle-local-webhooks", "course-completed", "moodle.example.org|\\core\\event\\course_completed|41|7|5|1763900000")]
    [InlineData("github-workflow-run", "graduate-success", "72d3162e-cc78-11e3-81ab-4c9367dc0958|19500000001")]
    [InlineData("standard-webhooks", "completed", "msg_completed")]
    public void The_delivery_key_is_the_senders(string id, string payload, string key)
    {
        var headersFile = Payloads.Path($"{id}/{payload}.headers.json");
        var headers = File.Exists(headersFile)
            ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(headersFile))!
            : [];
        var body = JsonElement.Parse(File.ReadAllText(Payloads.Path($"{id}/{payload}.json")));

        var found = SourceProfiles.Find(id)!.DeliveryKey.FindText(
            EventDocument.Of(headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value), body));

        Assert.Equal(key, found);
    }

    [Fact]
    public void What_a_steward_is_shown_has_no_token_and_no_address()
    {
        var body =
            """
            {"token":"local-moodle-token","a":[{"token":"x","mail":"Ada <ada@example.org>, b@c.org"}],
            "eve@example.org":1,"n":null}
            """u8.ToArray();
        var delivery = new RawDelivery(
            CityId.Parse("c"),
            "s",
            "d",
            "b",
            "moodle-local-webhooks",
            SomeCity.Now,
            null,
            new Dictionary<string, string> { ["from"] = "ada@example.org" },
            body);

        var shown = RedactedDelivery.Of(delivery);

        Assert.Equal("a…@example.org", shown.Headers["from"]);
        Assert.Equal(
            """{"token":"(removed)","a":[{"token":"(removed)","mail":"Ada <a…@example.org>, b…@c.org"}],""" +
            """ "e…@example.org":1,"n":null}""".TrimStart(),
            shown.Body.Replace("\n", "").Replace("  ", "").Replace("\": ", "\":"));
    }

    private static string Resource(string ending)
    {
        var assembly = typeof(SourceProfiles).Assembly;
        using var reader = new StreamReader(assembly.GetManifestResourceStream(assembly
            .GetManifestResourceNames()
            .Single(n => n.EndsWith(ending)))!);
        return reader.ReadToEnd();
    }
}
