using CitiesOfLearning.App.Staff;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Deliveries;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Learners;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Texts;
using CitiesOfLearning.Hub.Upkeep;
using CitiesOfLearning.Hub.Verification;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.App.Tests.Pages;

/// <summary>A city, a badge and what happens to it, to show on pages.</summary>
internal static class SomeCity
{
    public static DateTimeOffset Now { get; } = new(2026, 11, 23, 9, 30, 0, TimeSpan.Zero);

    public static Provider Provider { get; } = new("code-club", Text("Barbican Code Club", "Clwb Cod y Barbican"), "https://club.example/");

    public static BadgeClass Badge { get; } = new(
        "tide-pool-surveyor",
        2,
        Text("Tide Pool Surveyor", "Arolygydd Pyllau Glan Môr"),
        Text(
            "Counts and names the life of a rock pool, and reports it so that scientists can use it.",
            "Yn cyfrif ac yn enwi bywyd pwll glan môr, ac yn adrodd arno fel y gall gwyddonwyr ei ddefnyddio."),
        Text(
            "Survey three pools at low tide.\nName at least ten kinds of animal.\nSend in the record.",
            "Arolygu tri phwll adeg y trai.\nEnwi o leiaf ddeg math o anifail.\nAnfon y cofnod."),
        "https://plymouth.example/tide-pools",
        "FieldWork",
        [Text("nature", "natur"), Text("science", "gwyddoniaeth")],
        ["observing", "teamwork"],
        [new Awarder("code-club", new DateOnly(2026, 1, 1), null), new Awarder("aquarium", null, new DateOnly(2027, 8, 31))],
        new BadgeArt(
            new ImageFile("a.png", "image/png", [], Text("A starfish in a rock pool", "Seren fôr mewn pwll glan môr")),
            new ImageFile("a.svg", "image/svg+xml", [], Text("A starfish", "Seren fôr"))),
        new ResultDescription("score", Text("Kinds of animal named", "Mathau o anifail a enwyd"), "RawScore", "0", "40"));

    public static BadgeClass EnglishOnly { get; } = Badge with
    {
        Id = "python-beginner",
        Version = 1,
        Name = Text("Python for beginners"),
        Description = Text("Writes small programs that read, decide and repeat."),
        Criteria = Text("Finish the eight lessons."),
        CriteriaUrl = null,
        Result = null,
        Awarders = [new Awarder("code-club", null, null)],
    };

    public static City City { get; } = new(
        SampleCity.Plymouth,
        "v",
        Text("Plymouth", "Plymouth"),
        Text(
            "Britain’s Ocean City learns on the water, in the workshop and online.",
            "Mae Dinas Gefnfor Prydain yn dysgu ar y dŵr, yn y gweithdy ac ar-lein."),
        "https://plymouth.example/",
        "badges@plymouth.example",
        ["en", "cy"],
        new MailSender("badges@plymouth.example", Text("Plymouth City of Learning", "Dinas Dysgu Plymouth")),
        null,
        new Dictionary<string, Provider> { ["code-club"] = Provider, ["aquarium"] = new("aquarium", Text("The Aquarium"), null) },
        new Dictionary<string, BadgeClass> { [Badge.Id] = Badge, [EnglishOnly.Id] = EnglishOnly },
        new Dictionary<string, Source>
        {
            ["moodle"] = new("moodle", "moodle-local-webhooks", "code-club", 1024, []),
            ["hub"] = new("hub", "standard-webhooks", "aquarium", 1024, []),
        },
        [
            new SpineEntry(
                "observing",
                "city",
                "Plymouth Skills",
                Text("Observing", "Arsylwi"),
                Text("Looks closely and writes down what is there.", "Yn edrych yn fanwl ac yn nodi'r hyn sydd yno."),
                "https://plymouth.example/skills#observing"),
            new SpineEntry("teamwork", "core", "Essential Skills", Text("Teamwork", "Gwaith tîm"), null, null),
        ],
        CityProofs.Default,
        TimeZoneInfo.FindSystemTimeZoneById("Europe/London"));

    public static IReadOnlyList<Evidence> Evidence { get; } =
    [
        new("https://club.example/records/12", "The survey’s record"),
        new(null, "Seen by a marine biologist"),
        new("javascript:alert(1)", "Not a link"),
    ];

    public static Award Decided { get; } = AchievedAt(Now.AddDays(-3));

    public static Award Award { get; } = Decided
        .RecordIntent(new StatusListEntry(1, 4711), "{}"u8.ToArray()).Award
        .Issue(Now.AddDays(-2)).Award
        .Notify(Now.AddDays(-2)).Award;

    public static IReadOnlyList<AwardEvent> History { get; } =
    [
        new(AwardEventKind.Decided, Now.AddDays(-2), AwardActor.Hub),
        new(AwardEventKind.Issued, Now.AddDays(-2), AwardActor.Hub),
        new(AwardEventKind.Claimed, Now.AddDays(-1), AwardActor.Learner),
        new(AwardEventKind.Suspended, Now.AddDays(-1), AwardActor.Steward, "Awarded to the wrong group"),
    ];

    public static VerificationReport Report { get; } = new(
        Answer.Yes,
        Answer.Yes,
        Answer.Yes,
        new ReportedBadge(
            "http://hub.test/badges/" + Award.Id,
            "http://hub.test/cities/plymouth/badges/tide-pool-surveyor/v2",
            Badge.Name.In("en"),
            Badge.Description.In("en"),
            Badge.Criteria.In("en"),
            Badge.CriteriaUrl,
            "http://hub.test/cities/plymouth/badges/tide-pool-surveyor/v2.png",
            "A starfish in a rock pool",
            false,
            "Barbican Code Club",
            Now.AddDays(-3),
            null,
            ["Observing", "Teamwork"],
            "en"),
        new ReportedIssuer("http://hub.test/cities/plymouth", "Plymouth", "https://plymouth.example/", IsKnown: true),
        [
            Checked("input", CheckOutcome.Pass, "found"),
            Checked("schema", CheckOutcome.Pass, "ok"),
            Checked("proof", CheckOutcome.Pass, "ok"),
            Checked("key", CheckOutcome.Pass, "ok"),
            Checked("claims", CheckOutcome.Pass, "ok"),
            Checked("dates", CheckOutcome.Pass, "ok", "2027-12-31"),
            Checked("revocation", CheckOutcome.Pass, "ok"),
            Checked("suspension", CheckOutcome.Pass, "ok"),
            Checked("recipient", CheckOutcome.Skipped, "skipped"),
            Checked("achievement", CheckOutcome.Pass, "ok"),
            Checked("provider", CheckOutcome.Pass, "ok", "Barbican Code Club"),
            Checked("picture", CheckOutcome.Pass, "same"),
        ],
        Now);

    public static VerificationReport Revoked { get; } = Report with
    {
        Current = Answer.No,
        Checks = [.. Report.Checks.Select(c => c.Id == "revocation" ? Checked("revocation", CheckOutcome.Fail, "set") : c)],
    };

    public static VerificationReport Stranger { get; } = Report with
    {
        Authorised = Answer.Unknown,
        Badge = Report.Badge! with { PictureUrl = null },
        Issuer = new ReportedIssuer("https://badges.example.org/issuer", "Example College", null, IsKnown: false),
        Checks = [.. Report.Checks.Select(c => c.Id switch
        {
            "achievement" => Checked("achievement", CheckOutcome.Unknown, "foreign"),
            "provider" or "picture" => new Check(c.Id, CheckOutcome.Skipped, "Check.skipped", [], c.Clause, Now),
            _ => c,
        })],
    };

    public static VerificationReport Unsure { get; } = Report with
    {
        Authentic = Answer.Unknown,
        Current = Answer.Unknown,
        Authorised = Answer.Unknown,
        Badge = null,
        Issuer = null,
        Checks =
        [
            Checked("input", CheckOutcome.Pass, "found"),
            Checked("issuer", CheckOutcome.Unknown, "foreign", "badges.example.org"),
            new("key", CheckOutcome.Skipped, "Check.skipped", [], "https://www.imsglobal.org/spec/ob/v3p0/", Now),
        ],
    };

    public static IReadOnlyList<DeliveryRecord> Deliveries { get; } =
    [
        Delivered(
            "1",
            DeliveryOutcome.Waiting,
            About(
                new(DeliveryOutcome.Waiting, Badge: Badge.Id, Reason: new TextKey("Reason.unknownAccount", "moodle"), Question: "K1"),
                null)),
        Delivered(
            "2",
            DeliveryOutcome.NoBadge,
            About(new(DeliveryOutcome.Awarded, Award.Id, Badge.Id), "Gethin Pryce"),
            new(DeliveryOutcome.NoBadge, Reason: new TextKey("Reason.nearest", "python-beginner", "score >= `0.6`"))),
        Delivered(
            "3", DeliveryOutcome.Unreadable, new DeliveryDecision(
                DeliveryOutcome.Unreadable, Reason: new TextKey("Reason.missing", "activity.id"))),
        Delivered("4", DeliveryOutcome.NotACompletion),
        Delivered("5", DeliveryOutcome.AlreadyHeld, About(new(DeliveryOutcome.AlreadyHeld, Award.Id, Badge.Id), "Ada Marsh")),
        Delivered("6", DeliveryOutcome.TakenBack, About(new(DeliveryOutcome.TakenBack, Award.Id, Badge.Id), "Tom Bright")),
        Delivered(
            "7",
            DeliveryOutcome.Withdrawn,
            About(new(DeliveryOutcome.Withdrawn, Award.Id, Badge.Id, new TextKey("Reason.withdrawn")), "Nia Bright")),
        Delivered("8", DeliveryOutcome.Ping),
    ];

    public static IReadOnlyList<WaitingMessage> Waiting { get; } =
    [
        Failed(
            HubStorage.DeliveriesQueue,
            new DeliveryMessage(SampleCity.Plymouth, "moodle", new string('7', 64), "b"),
            "FormatException") with
        {
            Body = "{\n  \"email\": \"a…@example.org\"\n}",
        },
        Failed(HubStorage.AwardsQueue, new AwardMessage.Issue(Award.Id), null),
        Failed(HubStorage.MailQueue, new AwardChange(Award.Id, AwardEventKind.Issued, 2), "ODataError"),
    ];

    public static Learner Learner { get; } = new("L", "ada@example.org", "Ada Marsh", "en", Now);

    public static IReadOnlyList<Question> Questions { get; } =
    [
        new(
            SampleCity.Plymouth,
            "moodle",
            "K1",
            new("31", null, null, null),
            "Python for beginners",
            Now.AddDays(-3),
            new TextKey("Reason.unknownAccount", "moodle"),
            Now.AddDays(-2),
            4),
        new(
            SampleCity.Plymouth,
            "hub",
            "K2",
            new(null, "family@example.org", "Nia Bright", "cy"),
            "tide-pool-survey",
            Now.AddDays(-1),
            new TextKey("Reason.severalPeople"),
            Now.AddDays(-1),
            1),
    ];

    public static Award AchievedAt(DateTimeOffset moment) => new Award
    {
        Id = AwardId.Parse("7K2QM4XN8P7K2QM4XN8P7K2QM4"),
        City = SampleCity.Plymouth,
        Badge = Badge.Id,
        BadgeVersion = 2,
        Provider = "code-club",
        Source = "hub",
        Delivery = "2",
        LearnerId = "L",
        Language = "en",
        AchievedAt = moment,
        Evidence = Evidence,
        Score = 0.9,
    }.Decide(Now.AddDays(-2)).Award;

    public static BadgeClassVersion Published(BadgeClass badge) => BadgeClassVersion.Read(
        badge.Id,
        badge.Version,
        City.Languages.Select(language => AchievementDocument.Of(City, badge, language, new HubUrls("http://hub.test")).Body),
        badge.Art.Svg is not null);

    public static LocalizedText Text(string english, string? welsh = null) =>
        new(welsh is null
            ? new Dictionary<string, string> { ["en"] = english }
            : new Dictionary<string, string> { ["en"] = english, ["cy"] = welsh });

    private static Check Checked(string id, CheckOutcome outcome, string textKey, params string[] arguments) =>
        new(id, outcome, $"Check.{id}.{textKey}", arguments, "https://www.imsglobal.org/spec/ob/v3p0/#verification", Now);

    private static DeliveryDecision About(DeliveryDecision decision, string? name) =>
        decision with { Learner = new("31", name), Activity = "tide-pool-survey", OccurredAt = Now.AddDays(-3) };

    private static WaitingMessage Failed(string queue, HubMessage message, string? error) =>
        new(new DeadLetter(SampleCity.Plymouth, queue, message, message.Write(), error, Now), null);

    private static DeliveryRecord Delivered(string delivery, DeliveryOutcome outcome, params DeliveryDecision[] decisions) =>
        new(SampleCity.Plymouth, "moodle", delivery, "b", Now, outcome, decisions, 1);
}
