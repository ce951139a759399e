using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Deliveries;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Tests.Cities;
using CitiesOfLearning.Hub.Tests.Journeys;
using CitiesOfLearning.Hub.Webhooks;
using CitiesOfLearning.Tests.Support;
using CsCheck;

namespace CitiesOfLearning.Hub.Tests.Awards;

/// <summary>
/// Over all that a payload, a roster and a city's files may hold: what the hub accepts is issued and mailed, or waits in the list with a
/// reason; and nothing is poison.
/// </summary>
public sealed class AcceptedIsIssuedTests
{
    private const int Batches = 3, Completions = 50, Cities = 60;
    private const string Badge = "badges/tide-pool-surveyor.json";

    // Words of several scripts, and what people and programs put between them.
    private static readonly Gen<string> Word = OneOf(
        "Ada", "o'brien", "Siân", "Жанна", "संपर्क", "ที่อยู่", "أحمد", "דוד", "தமிழ்", "李", "e\u0301", "\U0001F600",
        "\U0001F469\u200d\U0001F467");

    private static readonly Gen<string> Odd = OneOf(
        "", "", " ", "\t", "\u200b", "\ufeff", "|", "{x}", "#", "#a#b", "\"", "\\", "<b>", "%", "%zz", "^`",
        "\u0001", "[1]", "’", "&=?/", "\u202e");

    private static readonly Gen<string> Text = Gen.Select(
        Word, Odd, Word, Odd, OneOf(0, 0, 0, 499, 500, 501, 2000, 2001), Filled);

    // So that as a rule no more than one part of a badge class is odd.
    private static readonly Gen<string> Mostly = Gen.OneOf(OneOf("Seren fôr", "Морская звезда", "ดาวทะเล"), OneOf("Starfish"), Text);

    private static readonly Gen<Sent> Address = Gen.Select(
        OneOf("", "", " ", "\u200b"),
        Word,
        OneOf("", "", "", ".x", "+a", "_", "\t", "..", new string('x', 50), "=?utf-8?q?x?="),
        OneOf(
            "@example.org", "@Example.ORG.", "@exämple.org", "@डाटामेल.भारत", "@ที่.example", "@my_school.example.org", "@localhost"),
        OneOf("", "", "", "\u200b", "\t", "\r\n"),
        (before, local, more, domain, after) => new Sent(
            $"{before}{local}{more}{{0}}{domain}{after}",
            !local.EnumerateRunes().Any(r => r.Utf8SequenceLength == 4)
                && more is not ("\t" or ".." or "=?utf-8?q?x?=")
                && Encoding.UTF8.GetByteCount($"{local.Normalize()}{more}00") <= 64
                && domain is not ("@my_school.example.org" or "@localhost")));

    private static readonly Gen<Sent> Time = Gen.Select(
        OneOf("T", "t"),
        OneOf("00", "59", "60", "61"),
        OneOf("", "", ".1", ".123456789", ".0000000000000000000000000000000000000001"),
        OneOf("Z", "z", "+01:00", "-23:59", "-00:00", "", "+24:00"),
        (t, second, fraction, zone) => new Sent(
            $"2026-11-20{t}10:00:{second}{fraction}{zone}", second != "61" && zone is not ("" or "+24:00")));

    private static readonly Gen<JsonNode?> Score = Gen.OneOf(
        Gen.Double[0, 1].Select(d => (JsonNode?)JsonValue.Create(d)),
        OneOf(0.0, 1.0, -1.0, 85.0, 1e-300).Select(d => (JsonNode?)JsonValue.Create(d)),
        OneOf("0.9", "").Select(t => (JsonNode?)JsonValue.Create(t)),
        Gen.Const(0).Select(_ => (JsonNode?)null));

    private static readonly Gen<string> Url = Gen.Select(
        OneOf("https://", "https://", "https://", "HTTPS://", "http://", "javascript:"),
        OneOf("example.org", "Example.ORG:8443", "tŷ.example", "a@b.example", "[::1]", "exa mple.org", ""),
        Word,
        Odd,
        OneOf(0, 0, 0, 1999, 2000, 2001),
        (scheme, host, word, odd, length) => $"{scheme}{host}/{word}{odd}".PadRight(length, 'x'));

    private static readonly Gen<(string Url, string Description)[]> Evidence =
        Gen.Select(Url, Text, (url, description) => (url, description)).Array[0, 3];

    private static readonly Gen<Case> Cases = Gen.Select(
        Address, Text, Time, Score, Evidence, Text, Gen.Bool,
        (address, name, time, score, evidence, activity, byAccount) =>
            new Case(address, name, time, score, evidence, activity, byAccount));

    [Fact]
    public async Task What_is_accepted_is_issued_and_mailed_or_waits_with_a_reason()
    {
        var all = new List<DeliveryOutcome>();
        await Gen.Select(Cases.Array[Completions], Url).SampleAsync(
            async (cases, url) => all.AddRange(await OutcomesAsync(cases, url)), seed: null, iter: Batches, threads: 1);

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{all.Count} completions: " + string.Join(", ", all.CountBy(o => o).OrderBy(o => o.Key).Select(o => $"{o.Value} {o.Key}")));
    }

    [Fact]
    public async Task A_city_that_is_accepted_issues_its_badge_and_one_that_is_refused_is_told_where()
    {
        var (accepted, refused) = (0, 0);
        await Gen.Select(Url, Mostly, Mostly, Mostly).Array[Cities].SampleAsync(
            async definitions =>
            {
                await using var hub = await HubUnderTest.StartAsync();
                foreach (var (n, (url, name, criteria, alt)) in definitions.Index())
                {
                    var result = await hub.Get<CityStore>().ActivateAsync(
                        "plymouth", City(2 + n, url, name, criteria, alt), TestContext.Current.CancellationToken);
                    if (result.City is null)
                    {
                        Assert.All(result.Errors, e => Assert.True(e is { File: Badge, Path: not "", Message: not "" }, $"{e}"));
                        refused++;
                        continue;
                    }

                    accepted++;
                    await hub.DeliverAsync($"a{n}@example.org");
                    Assert.Equal(0, await hub.PumpAsync());
                    var award = await hub.AwardAsync(hub.AwardIdOf($"a{n}@example.org"));
                    Assert.Equal((AwardState.Notified, 2 + n), (award.State, award.BadgeVersion));
                }
            },
            seed: null,
            iter: 1,
            threads: 1);

        TestContext.Current.TestOutputHelper?.WriteLine($"{accepted} cities issued their badge, {refused} were refused.");
    }

    [Fact]
    public async Task As_much_evidence_as_anybody_can_send_is_issued_and_mailed()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var most = new JsonArray([.. EvidenceList.Longest.Select(
            e => new JsonObject { ["url"] = e.Url, ["description"] = string.Concat(Enumerable.Repeat("\U0001F600", 1000)) })]);
        var cyrillic = new JsonArray([.. Enumerable.Range(0, 3).Select(
            _ => new JsonObject { ["url"] = "https://example.org/x", ["description"] = new string('Ж', 1900) })]);

        await hub.DeliverAsync(Completion("most@example.org", most));
        await hub.DeliverAsync(Completion("cyr3@example.org", cyrillic));
        await hub.PumpAsync();

        Assert.Equal(20, (await hub.AwardAsync(hub.AwardIdOf("most@example.org"))).Evidence.Count);
        Assert.Equal(3, (await hub.AwardAsync(hub.AwardIdOf("cyr3@example.org"))).Evidence.Count);
        Assert.Equal(
            ["cyr3@example.org", "most@example.org"], hub.Mail.Posted.Select(m => m.To.Mailboxes.Single().Address).Order());
    }

    private static async Task<IReadOnlyList<DeliveryOutcome>> OutcomesAsync(Case[] cases, string url)
    {
        await using var hub = await HubUnderTest.StartAsync();
        await ActivateAsync(hub, url);

        // What is refused is told to the steward, with its line.
        await hub.EnrolAsync("hub", [.. cases.Select(Row).Where((_, n) => cases[n].ByAccount)]);
        foreach (var (n, one) in cases.Index())
        {
            hub.Time.Advance(TimeSpan.FromSeconds(1)); // the list is newest first
            Assert.IsType<Receipt.Accepted>(await hub.DeliverAsync(Body(one, n)));
        }

        Assert.Equal(0, await hub.PumpAsync());

        var (records, _) = await hub.Get<DeliveryTable>().ListAsync(SampleCity.Plymouth, 100, null, TestContext.Current.CancellationToken);
        var decisions = records.Reverse().Select(r => Assert.Single(r.Decisions)).ToList();
        Assert.Equal(cases.Length, decisions.Count);
        foreach (var (one, decision) in cases.Zip(decisions))
        {
            var right = !one.Time.IsRight ? DeliveryOutcome.Unreadable
                : one.Address.IsRight ? DeliveryOutcome.Awarded
                : DeliveryOutcome.Waiting;
            Assert.True(decision.Outcome == right, $"{decision.Outcome} ({decision.Reason?.Key}) and not {right}: {one.Address} {one}");
            if (right == DeliveryOutcome.Awarded)
            {
                Assert.Equal(AwardState.Notified, (await hub.AwardAsync(decision.AwardId!.Value)).State);
            }
            else
            {
                Assert.NotNull(decision.Reason);
            }
        }

        Assert.Equal(decisions.Count(d => d.Outcome == DeliveryOutcome.Awarded), hub.Mail.Posted.Count);
        return [.. decisions.Select(d => d.Outcome)];
    }

    // An address of the badge's criteria that is refused leaves the badge as it was.
    private static async Task ActivateAsync(HubUnderTest hub, string url)
    {
        var store = hub.Get<CityStore>();
        var files = Sample.Edited("plymouth", Badge, ("\"version\": 1", "\"version\": 2")).ByPath.ToDictionary();
        var edited = JsonNode.Parse(files[Badge])!;
        edited["criteria"]!["url"] = url;
        var both = new[] { new Dictionary<string, byte[]>(files) { [Badge] = Encoding.UTF8.GetBytes(edited.ToJsonString()) }, files };
        foreach (var definition in both)
        {
            if ((await store.ActivateAsync("plymouth", new CityFiles(definition), TestContext.Current.CancellationToken)).City is not null)
            {
                return;
            }
        }

        Assert.Fail("The badge is refused as it was.");
    }

    private static CityFiles City(int version, string url, string name, string criteria, string alt)
    {
        var files = Sample.Files("plymouth").ByPath.ToDictionary();
        var badge = JsonNode.Parse(files[Badge])!;
        (badge["version"], badge["name"]!["cy"], badge["criteria"]!["url"]) = (version, name, url);
        (badge["name"]!["en"], badge["criteria"]!["narrative"]!["en"], badge["art"]!["alt"]!["en"]) = (name, criteria, alt);
        files[Badge] = Encoding.UTF8.GetBytes(badge.ToJsonString());
        return new(files);
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static string Filled(string one, string odd, string two, string end, int length)
    {
        var text = new StringBuilder($"{one}{odd}{two}{end}");
        while (text.Length < length)
        {
            text.Append(one);
        }

        return text.ToString();
    }

    private static string Row(Case one, int n)
    {
        var address = Numbered(one.Address.Text, n).Replace("\"", "\"\"", StringComparison.Ordinal);
        return string.Create(CultureInfo.InvariantCulture, $"p{n},\"{address}\",,en");
    }

    private static string Numbered(string address, int n) => string.Format(CultureInfo.InvariantCulture, address, n);

    private static byte[] Body(Case one, int n)
    {
        var learner = one.ByAccount
            ? new JsonObject { ["id"] = string.Create(CultureInfo.InvariantCulture, $"p{n}") }
            : new JsonObject { ["email"] = Numbered(one.Address.Text, n), ["name"] = one.Name };
        var body = new JsonObject
        {
            ["type"] = "completed",
            ["occurredAt"] = one.Time.Text,
            ["activity"] = new JsonObject { ["id"] = "tide-pool-survey", ["name"] = one.Activity },
            ["learner"] = learner,
            ["score"] = one.Score?.DeepClone(),
            ["evidence"] = new JsonArray(
                [.. one.Evidence.Select(e => new JsonObject { ["url"] = e.Url, ["description"] = e.Description })]),
        };
        return Encoding.UTF8.GetBytes(body.ToJsonString());
    }

    private static byte[] Completion(string address, JsonArray evidence) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["type"] = "completed",
        ["occurredAt"] = "2026-11-20T10:00:00Z",
        ["activity"] = new JsonObject { ["id"] = "tide-pool-survey" },
        ["learner"] = new JsonObject { ["email"] = address },
        ["score"] = 0.9,
        ["evidence"] = evidence,
    }.ToJsonString());

    /// <param name="IsRight">By its parts, and not by the code that reads it.</param>
    private sealed record Sent(string Text, bool IsRight);

    private sealed record Case(
        Sent Address,
        string Name,
        Sent Time,
        JsonNode? Score,
        (string Url, string Description)[] Evidence,
        string Activity,
        bool ByAccount);
}
