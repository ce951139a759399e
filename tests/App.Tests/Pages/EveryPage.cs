using CitiesOfLearning.App.Badges;
using CitiesOfLearning.App.Cities;
using CitiesOfLearning.App.Claims;
using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.App.Site;
using CitiesOfLearning.App.Staff;
using CitiesOfLearning.App.Verify;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Learners;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Texts;
using Microsoft.Extensions.Logging.Abstractions;

namespace CitiesOfLearning.App.Tests.Pages;

/// <summary>Every page in every state.</summary>
internal static class EveryPage
{
    private static readonly City City = SomeCity.City;
    private static readonly BadgeClassVersion Badge = SomeCity.Published(SomeCity.Badge);
    private static readonly ClaimView Invite = new(City, Badge, SomeCity.Provider, "/claim/t0ken");

    private static readonly ClaimedView Claimed = new(
        City,
        Badge,
        SomeCity.Provider,
        new("/badges/x.png", "/badges/x.svg", "/badges/x.json", "/badges/x.json?leaveOut=evidence,result", "/badges/x.jwt"),
        false,
        "http://hub.test/badges/x",
        "/badges/x",
        "c5rf");

    public static HubUrls Urls { get; } = new("http://hub.test");

    public static PageRenderer Renderer { get; } = new(Urls, NullLoggerFactory.Instance);

    public static IReadOnlyDictionary<string, View> Views { get; } = new Dictionary<string, View>
    {
        ["home"] = new HomeView([City]),
        ["home-empty"] = new HomeView([]),
        ["claim"] = Invite,
        ["claim-wrong"] = Invite with { Problem = ClaimProblem.Wrong, Typed = "ada@example.org" },
        ["claim-missing"] = Invite with { Problem = ClaimProblem.Missing },
        ["claim-too-many"] = Invite with { Problem = ClaimProblem.TooManyTries },
        ["claim-english-only"] = Invite with { Badge = SomeCity.Published(SomeCity.EnglishOnly) },
        ["claimed"] = Claimed,
        ["claimed-public"] = Claimed with { IsPublic = true, Downloads = Claimed.Downloads with { Svg = null } },
        ["claim-unavailable"] = new ClaimUnavailableView(),
        ["code"] = new ClaimCodeView(),
        ["code-wrong"] = new ClaimCodeView(ClaimProblem.Wrong, "7K2QM-4XN8P", "lighthouse"),
        ["code-without-word"] = new ClaimCodeView(ClaimProblem.Missing, "7K2QM-4XN8P"),
        ["code-too-many"] = new ClaimCodeView(ClaimProblem.TooManyTries),
        ["share"] = new ShareView(City, Badge, SomeCity.Provider, SomeCity.Award.Id, SomeCity.Now, SomeCity.Evidence, SomeCity.Report),
        ["share-revoked"] = new ShareView(City, Badge, null, SomeCity.Award.Id, SomeCity.Now, [], SomeCity.Revoked),
        ["verify"] = new VerifyView(),
        ["verify-problem"] = new VerifyView(Problem: VerifyProblem.NoBadge),
        ["verify-yes"] = new VerifyView(SomeCity.Report),
        ["verify-no"] = new VerifyView(SomeCity.Revoked with { Badge = SomeCity.Report.Badge! with { PictureDiffers = true } }),
        ["verify-stranger"] = new VerifyView(SomeCity.Stranger),
        ["verify-several"] = new VerifySeveralView([SomeCity.Report, SomeCity.Revoked, SomeCity.Stranger]),
        ["verify-unsure"] = new VerifyView(SomeCity.Unsure),
        ["city"] = new CityView(City),
        ["catalogue"] = new CatalogueView(City),
        ["badge"] = new BadgeView(City, Badge, SomeCity.Badge),
        ["badge-old"] = new BadgeView(City, SomeCity.Published(SomeCity.EnglishOnly), SomeCity.EnglishOnly with { Version = 3 }),
        ["deliveries"] = new DeliveriesView(City, SomeCity.Deliveries),
        ["deliveries-empty"] = new DeliveriesView(City, []),
        ["waiting"] = new WaitingView(City, SomeCity.Waiting, Next: "x"),
        ["waiting-none-chosen"] = new WaitingView(City, SomeCity.Waiting, Problem: new TextKey("Waiting.noneChosen")),
        ["waiting-empty"] = new WaitingView(City, []),
        ["rosters"] = new RostersView(City),
        ["rosters-problem"] = new RostersView(City, "moodle", Problem: new TextKey("Rosters.fileMissing")),
        ["rosters-taken"] = new RostersView(City, "moodle", new(31, 2, 110, [])),
        ["rosters-refused"] = new RostersView(
            City, "moodle", new(2, 0, 1, [new(3, new TextKey("Roster.address")), new(7, new TextKey("Roster.twice", "4"))])),
        ["who"] = new WhoView(City, SomeCity.Questions, 51, 60, "moodle|K"),
        ["who-empty"] = new WhoView(City, [], 0, 0),
        ["who-is-this"] = new WhoIsThisView(City, SomeCity.Questions[0]),
        ["who-is-this-found"] = new WhoIsThisView(
            City, SomeCity.Questions[1], [SomeCity.Learner, SomeCity.Learner with { Address = null }]),
        ["who-is-this-problem"] = new WhoIsThisView(
            City, SomeCity.Questions[1], Problem: new("new-address", new TextKey("Who.addressMissing"), "ada at example")),
        ["who-answered"] = new WhoIsThisView(
            City,
            SomeCity.Questions[0] with { Waiting = 0, Answer = new(AnswerKind.Learner, SomeCity.Now, SomeCity.Learner.Id) },
            Learner: SomeCity.Learner),
        ["who-late"] = new WhoIsThisView(
            City, SomeCity.Questions[0] with { Waiting = 0, Answer = new(AnswerKind.NotOurs, SomeCity.Now) }, WasLate: true),
        ["who-half"] = new WhoIsThisView(City, SomeCity.Questions[0] with { Answer = new(AnswerKind.Slip, SomeCity.Now, "L") }),
        ["award"] = new AwardView(City, Badge, SomeCity.Award, SomeCity.History),
        ["award-without-reason"] = new AwardView(
            City, Badge, SomeCity.Award, SomeCity.History, Problem: new TextKey("Award.reasonMissing")),
        ["award-suspended"] = new AwardView(
            City, Badge, SomeCity.Award.Claim(SomeCity.Now).Award.Suspend(SomeCity.Now, "").Award, SomeCity.History),
        ["award-revoked"] = new AwardView(
            City, Badge, SomeCity.Award.Revoke(SomeCity.Now, "").Award, SomeCity.History, Problem: new TextKey("Award.final")),
        ["slip"] = new SlipView(City, Badge, "7K2QM4XN8P", "lighthouse", SomeCity.Now),
        ["problem-not-found"] = ProblemView.For(404),
        ["problem-failed"] = ProblemView.For(500),
    };

    public static TheoryData<string, string> InBothLanguages()
    {
        var data = new TheoryData<string, string>();
        foreach (var name in Views.Keys)
        {
            data.Add(name, "en");
            data.Add(name, "cy");
        }

        return data;
    }

    public static Task<string> HtmlAsync(View view, string language) =>
        Renderer.HtmlAsync(view, new PageContext(UserTexts.In(language), Urls, "/page", chosen: true));
}
