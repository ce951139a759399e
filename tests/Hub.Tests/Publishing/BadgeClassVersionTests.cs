using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Tests.Cities;

namespace CitiesOfLearning.Hub.Tests.Publishing;

public sealed class BadgeClassVersionTests
{
    private const string Badge = "tide-pool-surveyor";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_earlier_version_says_what_it_said_in_each_language()
    {
        var hub = await TestHub.StartAsync();
        await hub.ActivateAsync("plymouth", Sample.Files("plymouth"));
        var later = (await hub.ActivateAsync("plymouth", Sample.Edited(
            "plymouth",
            $"badges/{Badge}.json",
            ("\"version\": 1", "\"version\": 2"),
            ("Tide pool surveyor", "Shore warden"),
            ("pyllau glan môr\"", "glannau\""),
            ("Recognises", "Guards"),
            ("a guided survey", "a patrol"),
            ("https://tidepools.plymouth.example/survey", "https://tidepools.plymouth.example/patrol"),
            ("An orange starfish", "A red starfish"),
            ("\"volunteering\"", "\"wardens\""),
            ("\"core-taking-responsibility\", ", ""),
            ("Records that were right", "Patrols done")))).City!;
        var was = Sample.Plymouth.Badges[Badge];

        var first = (await hub.Badges.VersionAsync(later, Badge, 1, Cancel))!;
        var second = (await hub.Badges.VersionAsync(later, Badge, 2, Cancel))!;

        Assert.Equal((Badge, 1, was.CriteriaUrl, true), (first.Id, first.Version, first.CriteriaUrl, first.IsDrawn));
        Assert.All(
            [
                (was.Name, first.Name),
                (was.Description, first.Description),
                (was.Criteria, first.Criteria),
                (was.Art.Png.Alt, first.PictureAlt),
                (was.Result!.Name, first.Result!)
            ],
            words => Assert.Equal(words.Item1.Texts, words.Item2.Texts));
        Assert.Equal(was.Tags.SelectMany(t => t.Texts), first.Tags.SelectMany(t => t.Texts));
        Assert.Equal(was.SpineCodes, first.Skills.Select(s => s.Code));
        Assert.Equal(Sample.Plymouth.Spine.Single(e => e.Code == was.SpineCodes[0]).Name.Texts, first.Skills[0].Name.Texts);
        Assert.Equal(
            ("Shore warden", "Arolygydd glannau", "Patrols done"), (second.Name.In("en"), second.Name.In("cy"), second.Result!.In("en")));
        Assert.Null(await hub.Badges.VersionAsync(later, Badge, 3, Cancel));
    }

    [Fact]
    public void A_language_that_the_city_added_later_is_not_in_it()
    {
        var city = Sample.Plymouth with { Languages = ["en"] };
        var english = AchievementDocument.Of(city, city.Badges[Badge], "en", new HubUrls("https://hub.example")).Body;

        var version = BadgeClassVersion.Read(Badge, 1, [english, english], isDrawn: false);

        Assert.False(version.Name.Has("cy"));
        Assert.Equal("Tide pool surveyor", version.Name.In("cy"));
    }
}
