using System.Text.Json;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.Hub.Status;
using CitiesOfLearning.Hub.Tests.Cities;
using CitiesOfLearning.Hub.Tests.Journeys;
using CitiesOfLearning.Hub.Tests.Verification;
using CitiesOfLearning.Hub.Verification;
using CitiesOfLearning.OpenBadges.Json;
using CitiesOfLearning.OpenBadges.Jwt;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.OpenBadges.Status;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Issuing;

/// <summary>What a city chooses in <c>"identifier"</c> is how its badges and their status lists name it.</summary>
public sealed class CityIdentifierTests : IAsyncLifetime
{
    private const string Did = "did:web:hub.example:cities:plymouth";

    private HubUnderTest _hub = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _hub = await HubUnderTest.StartAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_city_that_is_a_did_names_itself_so_in_each_form_and_answers_yes_three_times()
    {
        await ChooseAsync("did:web");

        var badge = await _hub.IssueAsync(score: 0.87);

        var signed = (await _hub.Get<AwardTable>().SignedAsync(badge.AwardId, Cancel))!;
        var shown = BadgeDisclosure.Show(signed.Embedded, BadgeDisclosure.Choices);
        var embedded = JsonElement.Parse(shown);
        var token = VcJwt.Read(badge.Jwt)!;
        var payload = JsonElement.Parse(token.Payload);
        Assert.Equal([Did, Did, Did], [payload.Text("iss"), payload.IssuerId(), embedded.IssuerId()]);
        var methods = JsonElement.Parse((await DidDocumentAsync()).Span).GetProperty("assertionMethod").EnumerateArray()
            .Select(m => m.GetString()).ToList();
        Assert.Contains(token.Header.KeyId, methods);
        Assert.Contains(embedded.GetProperty("proof").Text("verificationMethod"), methods);
        foreach (var given in new[] { badge.Jwt, badge.Png, badge.Svg, shown })
        {
            Assert.Equal((Answer.Yes, Answer.Yes, Answer.Yes), (await _hub.VerifyAsync(given)).Answers());
        }
    }

    [Fact]
    public async Task A_badge_and_its_list_name_the_city_alike_whatever_it_chose_before_and_after()
    {
        var before = await _hub.IssueAsync("before@example.org");
        await ChooseAsync("did:web");
        var between = await _hub.IssueAsync("between@example.org");
        await ChooseAsync("https");
        var after = await _hub.IssueAsync("after@example.org");

        foreach (var (badge, issuer) in new[] { (before, City), (between, Did), (after, City) })
        {
            var credential = JsonElement.Parse(VcJwt.Read(badge.Jwt)!.Payload);
            var award = (await _hub.Get<AwardTable>().FindAsync(badge.AwardId, Cancel))!;
            Assert.Equal(issuer, credential.IssuerId());
            foreach (var purpose in StatusPurposes.All)
            {
                var list = (await _hub.Get<StatusLists>().FindAsync(SampleCity.Plymouth, purpose, award.Status!.List, Cancel))!;
                Assert.Equal(issuer, JsonElement.Parse(list.Embedded).IssuerId());
                Assert.Equal(issuer, JsonElement.Parse(VcJwt.Read(list.Jwt)!.Payload).IssuerId());
            }

            Assert.Equal((Answer.Yes, Answer.Yes, Answer.Yes), (await _hub.VerifyAsync(badge.Png)).Answers());
        }
    }

    [Fact]
    public async Task A_badge_of_a_city_that_is_a_did_can_be_taken_back()
    {
        await ChooseAsync("did:web");
        var badge = await _hub.IssueAsync();

        Assert.Equal(
            StewardResult.Done, await _hub.Get<Stewardship>().RevokeAsync(SampleCity.Plymouth, badge.AwardId, "By mistake.", Cancel));

        var report = await _hub.VerifyAsync(badge.Jwt);
        Assert.Equal((Answer.Yes, Answer.No), (report.Authentic, report.Current));
    }

    [Theory]
    [InlineData("did:web:hub.example:cities:atlantis")]
    [InlineData("DID:web:hub.example:cities:plymouth")]
    public async Task Nobody_else_is_asked_about_a_did_of_this_hub(string issuer) =>
        Assert.Null(await _hub.Get<IssuerDirectory>().FindAsync(issuer, Cancel));

    private static string City => "https://hub.example/cities/plymouth";

    private async Task<ReadOnlyMemory<byte>> DidDocumentAsync() =>
        (await _hub.Get<KeyDocuments>().DidAsync("plymouth", Cancel))!.Body;

    private async Task ChooseAsync(string identifier)
    {
        var files = Sample.Edited("plymouth", "city.json", ("\"languages\":", $"\"identifier\": \"{identifier}\",\n  \"languages\":"));
        Assert.NotNull((await _hub.Get<CityStore>().ActivateAsync("plymouth", files, Cancel)).City);
        _hub.Time.Advance(TimeSpan.FromMinutes(1));
    }
}
