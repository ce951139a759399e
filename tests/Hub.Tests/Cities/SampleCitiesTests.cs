using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Learners;
using CitiesOfLearning.Hub.Senders;
using CitiesOfLearning.OpenBadges.Images;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Cities;

public sealed class SampleCitiesTests
{
    [Theory]
    [InlineData("plymouth")]
    [InlineData("brighton")]
    public void The_sample_cities_have_no_errors(string city)
    {
        var parsed = Sample.Parser.Parse(city, Sample.Files(city));

        Assert.Empty(parsed.Errors);
        Assert.Equal(3, parsed.City!.Badges.Count);
        Assert.Equal(3, parsed.City.Sources.Count);
        Assert.Equal(["core", "cities-of-learning", "city", "strategic"], parsed.City.Spine.Select(e => e.Layer).Distinct());
    }

    [Fact]
    public void Plymouth_is_what_everybody_relies_on()
    {
        var plymouth = Sample.Plymouth;

        Assert.Equal(["en", "cy"], plymouth.Languages);
        Assert.Equal("moodle-local-webhooks", plymouth.Sources["moodle"].Profile);
        Assert.Equal("github-workflow-run", plymouth.Sources["code-club"].Profile);
        Assert.Equal("standard-webhooks", plymouth.Sources["hub"].Profile);
        Assert.Equal(
            ("python-beginner", TrustTier.Token),
            (plymouth.Sources["moodle"].Rules[0].Badge, plymouth.Sources["moodle"].Rules[0].RequireTier));
        Assert.Equal(
            ("code-club-graduate", TrustTier.Signed),
            (plymouth.Sources["code-club"].Rules[0].Badge, plymouth.Sources["code-club"].Rules[0].RequireTier));
        Assert.Equal(
            ("tide-pool-surveyor", TrustTier.Signed),
            (plymouth.Sources["hub"].Rules[0].Badge, plymouth.Sources["hub"].Rules[0].RequireTier));
        Assert.Equal(
            [
                new("7", "ada@example.org", "Ada Example", "en"),
                new("8", "gethin@example.org", "Gethin Example", "cy"),
                new("9", null, "Morwenna Example", "en"),
            ],
            Roster("moodle"));
        Assert.Equal("ada@example.org", Assert.Single(Roster("code-club")).Address);
    }

    private static IEnumerable<ReportedLearner> Roster(string source)
    {
        var file = Path.Combine(Repository.SampleCities, "plymouth", "rosters", source + ".csv");
        var roster = RosterFile.Read(File.ReadAllBytes(file), Sample.Plymouth);
        Assert.Empty(roster.Refused);
        return roster.Lines.Select(l => l.Learner);
    }

    [Fact]
    public void Brightons_sources_are_named_after_their_profiles() =>
        Assert.All(Sample.Brighton.Sources.Values, source => Assert.Equal(source.Id, source.Profile));

    [Fact]
    public void Every_sample_badge_fits_into_a_message()
    {
        var art = new[] { Sample.Plymouth, Sample.Brighton }.SelectMany(c => c.Badges.Values).Select(b => b.Art).ToList();

        Assert.All(art, a => Assert.InRange(a.Png.Bytes.Length, 1000, 60_000));
        Assert.All(art, a => Assert.Equal((512, 512), (ArtCheck.Check(a.Png.Bytes).Width, ArtCheck.Check(a.Png.Bytes).Height)));
        Assert.All(art, a => Assert.NotNull(a.Svg));
    }
}
