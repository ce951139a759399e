using System.Text;
using System.Text.Json;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Issuing;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Status;
using CitiesOfLearning.Hub.Tests.Cities;
using CitiesOfLearning.Hub.Tests.Journeys;
using CitiesOfLearning.Hub.Verification;
using CitiesOfLearning.OpenBadges.Baking;
using CitiesOfLearning.OpenBadges.Jwt;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.OpenBadges.Status;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Issuing;

/// <summary>What a city chooses in <c>"proofs"</c> is what its badges are signed with, and what is baked into their pictures.</summary>
public sealed class CityProofsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The city's choice, the JWT's algorithm, the cryptosuite of the JSON, and which of the two is in the pictures.</summary>
    public static TheoryData<string, string, string, bool> Choices => new()
    {
        { """["jwt-es256"]""", "ES256", "ecdsa-sd-2023", true },
        { """["jwt-rs256"]""", "RS256", "ecdsa-sd-2023", true },
        { """["ecdsa-sd-2023"]""", "ES256", "ecdsa-sd-2023", false },
        { """["ecdsa-rdfc-2019"]""", "ES256", "ecdsa-rdfc-2019", false },
        { """["ecdsa-rdfc-2019", "jwt-rs256"]""", "RS256", "ecdsa-rdfc-2019", false },
        { """["jwt-rs256", "ecdsa-rdfc-2019"]""", "RS256", "ecdsa-rdfc-2019", true },
    };

    [Theory]
    [MemberData(nameof(Choices))]
    public async Task Every_form_of_a_badge_has_the_proof_that_the_city_chose_and_answers_yes_three_times(
        string choice, string algorithm, string suite, bool bakesJwt)
    {
        await using var hub = await HubUnderTest.StartAsync();
        await hub.IssueAsync("before@example.org"); // signs the status lists
        await ActivateAsync(hub, choice);
        var before = hub.Signer.Signatures;

        var badge = await hub.IssueAsync(score: 0.87);

        Assert.Equal(2, hub.Signer.Signatures - before);
        Assert.Equal(algorithm, VcJwt.Read(badge.Jwt)!.Header.Algorithm);
        var embedded = (await hub.Get<AwardTable>().SignedAsync(badge.AwardId, Cancel))!.Embedded;
        Assert.Equal(suite, SuiteOf(embedded));
        Assert.Equal(suite == "ecdsa-sd-2023", BadgeDisclosure.IsPossible(embedded, BadgeDisclosure.Choices));
        Assert.Equal(suite == "ecdsa-sd-2023", Record.Exception(() => BadgeDisclosure.Show(embedded, BadgeDisclosure.Choices)) is null);
        foreach (var picture in new[] { badge.Png, badge.Svg })
        {
            var baked = ((ExtractionResult.Found)BadgeImage.Extract(picture)).UnverifiedCredential;
            Assert.Equal(
                bakesJwt ? Encoding.ASCII.GetString(badge.Jwt) : suite, bakesJwt ? Encoding.ASCII.GetString(baked.Span) : SuiteOf(baked));
        }

        foreach (var given in new[] { badge.Jwt, badge.Png, badge.Svg })
        {
            var report = await hub.VerifyAsync(given);
            Assert.Equal((Answer.Yes, Answer.Yes, Answer.Yes), (report.Authentic, report.Current, report.Authorised));
        }
    }

    [Theory]
    [InlineData("""["jwt-rs256", "ecdsa-rdfc-2019"]""", "RS256", "ecdsa-rdfc-2019")]
    [InlineData("""["jwt-es256"]""", "ES256", "ecdsa-sd-2023")]
    public async Task A_list_is_signed_as_the_badges_are_that_point_to_it(string choice, string algorithm, string suite)
    {
        await using var hub = await HubUnderTest.StartAsync();
        await ActivateAsync(hub, choice);
        await hub.IssueAsync();

        var list = (await hub.Get<StatusLists>().FindAsync(SampleCity.Plymouth, StatusPurposes.Revocation, 1, Cancel))!;

        Assert.Equal((algorithm, suite), (VcJwt.Read(list.Jwt)!.Header.Algorithm, SuiteOf(list.Embedded)));
    }

    [Fact]
    public async Task A_badge_that_was_issued_is_not_signed_again()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var badge = await hub.IssueAsync();
        var before = hub.Signer.Signatures;

        await hub.Get<CredentialIssuer>().HandleAsync(new Hub.Storage.AwardMessage.Issue(badge.AwardId).Write(), Cancel);

        Assert.Equal(before, hub.Signer.Signatures);
    }

    private static async Task ActivateAsync(HubUnderTest hub, string proofs)
    {
        var files = Sample.Edited("plymouth", "city.json", ("\"languages\":", $"\"proofs\": {proofs},\n  \"languages\":"));
        Assert.NotNull((await hub.Get<CityStore>().ActivateAsync("plymouth", files, Cancel)).City);
        hub.Time.Advance(TimeSpan.FromMinutes(1));
    }

    private static string SuiteOf(ReadOnlyMemory<byte> credential)
    {
        using var json = JsonDocument.Parse(credential);
        return json.RootElement.GetProperty("proof").GetProperty("cryptosuite").GetString()!;
    }
}
