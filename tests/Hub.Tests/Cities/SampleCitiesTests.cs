using CitiesOfLearning.Hub.Senders;
using CitiesOfLearning.OpenBadges.Images;

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
        Assert.Equal(new("7", "ada@example.org", "Ada Example", "en"), plymouth.Sources["moodle"].Roster["7"]);
        Assert.Equal(new("8", "gethin@example.org", "Gethin Example", "cy"), plymouth.Sources["moodle"].Roster["8"]);
        Assert.Equal(new("9", null, "Morwenna Example", "en"), plymouth.Sources["moodle"].Roster["9"]);
        Assert.Equal("ada@example.org", plymouth.Sources["code-club"].Roster["ada-codes"].Address);
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
