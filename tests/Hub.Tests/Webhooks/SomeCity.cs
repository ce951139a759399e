using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Senders;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Webhooks;

/// <summary>A city that knows every source profile, with the sample's rules and people.</summary>
internal static class SomeCity
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public static City Plymouth(params Source[] sources) => new(
        SampleCity.Plymouth,
        "1",
        Text("Plymouth"),
        Text("A city"),
        null,
        null,
        ["en", "cy"],
        new MailSender("badges@plymouth.example", Text("Plymouth")),
        null,
        new Dictionary<string, Provider> { ["college"] = new("college", Text("College"), null) },
        new[] { Badge("python-beginner"), Badge("code-club-graduate"), Badge("tide-pool-surveyor") }.ToDictionary(b => b.Id),
        (sources.Length > 0 ? sources : [Moodle(), CodeClub(), Hub()]).ToDictionary(s => s.Id),
        [],
        CityProofs.Default,
        TimeZoneInfo.FindSystemTimeZoneById("Europe/London"));

    public static Source Moodle() => Source(
        "moodle", "moodle-local-webhooks", [new Rule("activity.id == '5'", "python-beginner", null, TrustTier.Token)]);

    public static Source CodeClub() => Source(
        "code-club", "github-workflow-run", [new Rule("activity.id == 'Graduate'", "code-club-graduate", null, TrustTier.Signed)]);

    public static Source Hub() => Source(
        "hub", "standard-webhooks", [new Rule("activity.id == 'tide-pool-survey'", "tide-pool-surveyor", null, TrustTier.Signed)]);

    public static BadgeClass Badge(string id, params Awarder[] awarders) => new(
        id,
        1,
        Text(id),
        Text(id),
        Text(id),
        null,
        "Course",
        [],
        [],
        awarders.Length > 0 ? awarders : [new Awarder("college", null, null)],
        new BadgeArt(new ImageFile("art.png", "image/png", [], Text(id)), null),
        null);

    public static Source Source(string id, string profile, IReadOnlyList<Rule> rules) =>
        new(id, profile, "college", 1024 * 1024, rules);

    private static LocalizedText Text(string text) => new(new Dictionary<string, string> { ["en"] = text });
}
