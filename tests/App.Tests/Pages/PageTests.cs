using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using CitiesOfLearning.App.Badges;
using CitiesOfLearning.App.Cities;
using CitiesOfLearning.App.Claims;
using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.App.Staff;
using CitiesOfLearning.App.Verify;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Status;
using CitiesOfLearning.Hub.Storage;

namespace CitiesOfLearning.App.Tests.Pages;

public sealed class PageTests
{
    [Theory]
    [MemberData(nameof(EveryPage.InBothLanguages), MemberType = typeof(EveryPage))]
    public async Task A_page_says_its_language_and_has_one_title_and_one_heading(string name, string language)
    {
        var page = await ReadAsync(name, language);

        Assert.Equal("html", page.Doctype.Name);
        Assert.Equal(language, page.DocumentElement.GetAttribute("lang"));
        Assert.False(string.IsNullOrWhiteSpace(page.Title));
        var heading = Assert.Single(page.QuerySelectorAll("h1"));
        Assert.NotEmpty(heading.TextContent.Trim());
        Assert.Equal("/page?lang=cy", page.QuerySelector("nav.languages a[hreflang=cy]")!.GetAttribute("href"));
        Assert.Equal(language, page.QuerySelector("nav.languages a[aria-current]")!.GetAttribute("hreflang"));
    }

    [Theory]
    [MemberData(nameof(EveryPage.InBothLanguages), MemberType = typeof(EveryPage))]
    public async Task Headings_skip_no_level_and_ids_are_not_repeated(string name, string language)
    {
        var page = await ReadAsync(name, language);

        var levels = page
            .QuerySelectorAll("h1, h2, h3, h4")
            .SkipWhile(h => h.LocalName != "h1")
            .Select(h => h.LocalName[1] - '0')
            .ToArray();
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second - pair.First <= 1));
        var ids = page.QuerySelectorAll("[id]").Select(e => e.Id!).ToArray();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(
            page.QuerySelectorAll("[aria-describedby], [aria-labelledby]")
                .SelectMany(
                    e => $"{e.GetAttribute("aria-describedby")} {e.GetAttribute("aria-labelledby")}".Split(
                        ' ', StringSplitOptions.RemoveEmptyEntries)),
            id => Assert.Contains(id, ids));
    }

    [Theory]
    [MemberData(nameof(EveryPage.InBothLanguages), MemberType = typeof(EveryPage))]
    public async Task Every_field_has_a_label_and_every_picture_a_text(string name, string language)
    {
        var page = await ReadAsync(name, language);

        Assert.All(
            page.QuerySelectorAll("input:not([type=hidden]), textarea"),
            field => Assert.NotNull(page.QuerySelector($"label[for='{field.Id}']")));
        Assert.All(page.QuerySelectorAll("img"), image => Assert.NotNull(image.GetAttribute("alt")));
        Assert.All(page.QuerySelectorAll("a, button"), link => Assert.NotEmpty(link.TextContent.Trim()));
    }

    [Theory]
    [MemberData(nameof(EveryPage.InBothLanguages), MemberType = typeof(EveryPage))]
    public async Task A_field_takes_as_many_characters_as_the_hub_does(string name, string language)
    {
        var page = await ReadAsync(name, language);

        Assert.All(page.QuerySelectorAll("[maxlength]"), field => Assert.Equal(
            $"{Most(field.GetAttribute("name"))}", field.GetAttribute("maxlength")));

        static int Most(string? field) => field switch
        {
            "reason" => Stewardship.MaxReasonCharacters,
            "address" or "name" or "account" => ManageWhoAnswer.MaxCharacters,
            _ => throw new InvalidOperationException($"What does the hub take in \"{field}\"?"),
        };
    }

    [Theory]
    [MemberData(nameof(EveryPage.InBothLanguages), MemberType = typeof(EveryPage))]
    public async Task A_page_has_nothing_that_its_security_policy_forbids(string name, string language)
    {
        var page = await ReadAsync(name, language);

        Assert.Empty(page.QuerySelectorAll("script, style, [style], iframe, object, embed, base"));
        Assert.DoesNotContain(page.All.SelectMany(e => e.Attributes), a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase));
        Assert.All(page.QuerySelectorAll("[src]").Select(e => e.GetAttribute("src")!), Ours);
        Assert.All(page.QuerySelectorAll("link[href]").Select(e => e.GetAttribute("href")!), Ours);
        Assert.All(page.QuerySelectorAll("form").Select(e => e.GetAttribute("action")!), Ours);
    }

    [Theory]
    [MemberData(nameof(EveryPage.InBothLanguages), MemberType = typeof(EveryPage))]
    public async Task The_chosen_language_goes_with_every_form_and_link_within_the_hub(string name, string language)
    {
        var page = await ReadAsync(name, language);

        string[] files = ["/badges/", "/assets/", "/.well-known/"];
        Assert.All(
            page.QuerySelectorAll("form[action], a[href^='/']")
                .Select(e => e.GetAttribute("action") ?? e.GetAttribute("href")!)
                .Where(a => !a.EndsWith("/did.json", StringComparison.Ordinal)
                    && !files.Any(f => a.StartsWith(f, StringComparison.Ordinal))
                    && a is not ("/page?lang=en" or "/page?lang=cy")),
            address => Assert.Contains("lang=" + language, address));
    }

    [Fact]
    public async Task No_two_pages_have_the_same_title()
    {
        var pages = await Task.WhenAll(new[]
        {
            "home",
            "claim",
            "claim-wrong",
            "claimed",
            "claim-unavailable",
            "code",
            "share",
            "verify",
            "verify-yes",
            "verify-no",
            "verify-unsure",
            "city",
            "catalogue",
            "badge",
            "deliveries",
            "waiting",
            "award",
            "slip",
            "problem-not-found",
            "problem-failed"
        }
            .Select(n => ReadAsync(n, "en")));

        var titles = pages.Select(p => p.Title!).ToArray();

        Assert.Equal(titles.Distinct(), titles);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("{{constructor}} @Texts ${7*7}")]
    public async Task Hostile_text_is_shown_as_it_is(string hostile)
    {
        var text = SomeCity.Text(hostile);
        var newest = SomeCity.Badge with { Name = text, Description = text, Criteria = text, Tags = [text] };
        var badge = SomeCity.Published(newest);
        var city = SomeCity.City with { Name = text, Description = text };
        var report = SomeCity.Report with
        {
            Badge = SomeCity.Report.Badge! with
            {
                Name = hostile,
                Description = hostile,
                AwardedBy = hostile,
                Skills = [hostile],
                CriteriaUrl = hostile
            }
        };
        View[] views =
        [
            new ClaimView(city, badge, SomeCity.Provider with { Name = text }, "/claim/t", ClaimProblem.Wrong, hostile),
            new ShareView(
                city,
                badge,
                SomeCity.Provider with { Name = text, Url = hostile },
                AwardId.Parse("0123456789ABCDEFGHJKMNPQRS"),
                SomeCity.Now,
                [new Evidence(hostile, hostile)],
                report),
            new VerifyView(report),
            new BadgeView(city, badge, newest),
            new AwardView(
                city, badge, SomeCity.Award, [new AwardEvent(AwardEventKind.Suspended, SomeCity.Now, AwardActor.Steward, hostile)]),
        ];

        foreach (var view in views)
        {
            var page = await ParseAsync(await EveryPage.HtmlAsync(view, "en"));

            Assert.Contains(hostile, page.Body!.TextContent);
            Assert.Empty(page.QuerySelectorAll("script, [onerror], img[src=x]"));
        }
    }

    [Fact]
    public async Task A_link_from_outside_is_followed_over_http_only_and_told_nothing()
    {
        var page = await ReadAsync("share", "en");

        Assert.DoesNotContain(
            page.QuerySelectorAll("a"), a => a.GetAttribute("href")!.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase));
        Assert.Equal("noopener noreferrer", page.QuerySelector("a[href='https://club.example/records/12']")!.GetAttribute("rel"));
    }

    [Fact]
    public async Task Words_that_a_city_has_in_one_language_only_are_marked_with_it()
    {
        var page = await ReadAsync("badge-old", "cy");

        Assert.Equal("en", page.QuerySelector("h1 span")!.GetAttribute("lang"));
        Assert.Equal("Python for beginners", page.QuerySelector("h1 span")!.TextContent);
    }

    [Theory]
    [InlineData("verify-yes", "yes", "yes", "yes")]
    [InlineData("verify-no", "yes", "no", "yes")]
    [InlineData("verify-stranger", "yes", "yes", "could not check")]
    [InlineData("verify-unsure", "could not check", "could not check", "could not check")]
    public async Task The_report_gives_three_answers_in_words(string name, params string[] answers)
    {
        var page = await ReadAsync(name, "en");

        Assert.Equal(["Authentic:", "Current:", "Authorised:"], page.QuerySelectorAll(".answer .question").Select(e => e.TextContent));
        Assert.Equal(answers, page.QuerySelectorAll(".answer strong").Select(e => e.TextContent));
    }

    [Fact]
    public async Task Of_a_good_badge_from_a_stranger_the_summary_says_whom_the_reader_must_judge()
    {
        var page = await ReadAsync("verify-stranger", "en");

        Assert.Equal(
            "The signature fits and the badge still stands, but we do not know who issued it. Anyone can choose the name of an issuer. " +
            "Decide for yourself whether you trust this one.",
            page.QuerySelector("h1")!.TextContent);
        Assert.Contains(
            "It calls itself that. We know only its address: https://badges.example.org/issuer",
            page.QuerySelector(".reported")!.TextContent);
    }

    [Theory]
    [InlineData("verify-yes", true)]
    [InlineData("share", true)]
    [InlineData("verify-no", false)]
    [InlineData("verify-stranger", false)]
    public async Task A_yes_says_at_once_that_whose_badge_it_is_was_not_checked(string name, bool expected)
    {
        var page = await ReadAsync(name, "en");

        var verdict = page.QuerySelector(".verdict")!.TextContent;
        Assert.Equal(expected, verdict.Contains("We did not check whose it is.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("en", "nature, science")]
    [InlineData("cy", "natur, gwyddoniaeth")]
    public async Task Tags_are_in_the_readers_language(string language, string expected)
    {
        var page = await ReadAsync("badge", language);

        Assert.Contains(page.QuerySelectorAll("dd"), d => d.TextContent.Trim() == expected);
    }

    [Theory]
    [InlineData("en", "Trace, in the log")]
    [InlineData("cy", "Olrhain, yn y log")]
    public async Task An_awards_page_names_the_trace_that_decided_it(string language, string label)
    {
        var badge = SomeCity.Published(SomeCity.Badge);
        var traced = SomeCity.Award with { TraceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01" };

        var with = await ParseAsync(await EveryPage.HtmlAsync(new AwardView(SomeCity.City, badge, traced, []), language));
        var without = await ParseAsync(await EveryPage.HtmlAsync(new AwardView(SomeCity.City, badge, SomeCity.Award, []), language));

        var fact = Assert.Single(with.QuerySelectorAll("dl.facts > div"), f => f.QuerySelector("dt")!.TextContent == label);
        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", fact.QuerySelector("dd")!.TextContent);
        Assert.DoesNotContain(label, without.Body!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>F16's brothers: at half past eleven by UTC it is the next day in Plymouth, in summer.</summary>
    [Theory]
    [InlineData("en", "13 July 2026")]
    [InlineData("cy", "13 Gorffennaf 2026")]
    public async Task A_page_that_knows_the_city_shows_the_citys_day(string language, string day)
    {
        var late = new DateTimeOffset(2026, 7, 12, 23, 30, 0, TimeSpan.Zero);
        var badge = SomeCity.Published(SomeCity.Badge);
        var shared = new ShareView(SomeCity.City, badge, SomeCity.Provider, SomeCity.Award.Id, late, [], SomeCity.Report);
        View[] views =
        [
            shared,
            new AwardView(SomeCity.City, badge, SomeCity.AchievedAt(late), []),
            new SlipView(SomeCity.City, badge, "7K2QM4XN8P", "lighthouse", late),
        ];

        foreach (var view in views)
        {
            var page = await ParseAsync(await EveryPage.HtmlAsync(view, language));

            Assert.Contains(day, page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        }

        var html = await EveryPage.HtmlAsync(shared, language);
        Assert.Contains("<time datetime=\"2026-07-13\">", html, StringComparison.Ordinal);
    }

    /// <summary>What a report says of a badge, it says by the badge's own clock: a city's, or a stranger's.</summary>
    [Theory]
    [InlineData("en", 1, "13 July 2026")]
    [InlineData("cy", 1, "13 Gorffennaf 2026")]
    [InlineData("en", -5, "12 July 2026")]
    [InlineData("cy", -5, "12 Gorffennaf 2026")]
    public async Task A_report_shows_the_day_as_the_badge_has_it(string language, int offset, string day)
    {
        var late = new DateTimeOffset(2026, 7, 12, 23, 30, 0, TimeSpan.Zero).ToOffset(TimeSpan.FromHours(offset));
        var report = SomeCity.Stranger with { Badge = SomeCity.Stranger.Badge! with { AwardedOn = late, ValidUntil = late } };

        var page = await ParseAsync(await EveryPage.HtmlAsync(new VerifyView(report), language));

        Assert.Equal([day, day], page.QuerySelectorAll(".reported time").Select(t => t.TextContent));
        Assert.All(
            page.QuerySelectorAll(".reported time"),
            t => Assert.Equal($"2026-07-{(offset > 0 ? 13 : 12)}", t.GetAttribute("datetime")));
    }

    [Fact]
    public async Task A_no_says_which_check_failed()
    {
        var page = await ReadAsync("verify-no", "en");

        Assert.Contains("The issuer has taken it back.", page.QuerySelector(".answer.no")!.TextContent);
    }

    [Fact]
    public async Task Errors_are_tied_to_their_field()
    {
        var page = await ReadAsync("claim-wrong", "en");

        var field = page.QuerySelector("#email")!;
        Assert.Equal("email-hint email-error", field.GetAttribute("aria-describedby"));
        Assert.Equal("true", field.GetAttribute("aria-invalid"));
        Assert.Equal("ada@example.org", field.GetAttribute("value"));
        Assert.Equal("#email", page.QuerySelector(".error-summary a")!.GetAttribute("href"));
        Assert.StartsWith("Error:", page.Title);
    }

    [Fact]
    public async Task After_too_many_tries_there_is_no_form()
    {
        var page = await ReadAsync("claim-too-many", "en");

        Assert.Null(page.QuerySelector("form"));
    }

    private static void Ours(string address) => Assert.True(address is ['/', not '/', ..], address);

    private static async Task<IHtmlDocument> ReadAsync(string name, string language) =>
        await ParseAsync(await EveryPage.HtmlAsync(EveryPage.Views[name], language));

    private static Task<IHtmlDocument> ParseAsync(string html) => new HtmlParser().ParseDocumentAsync(html);
}
