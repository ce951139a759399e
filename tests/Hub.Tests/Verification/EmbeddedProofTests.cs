using System.Text.Json;
using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Tests.Journeys;
using CitiesOfLearning.Hub.Verification;
using CitiesOfLearning.OpenBadges.Baking;
using CitiesOfLearning.OpenBadges.Jwt;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Verification;

/// <summary>The JSON form of a badge, as it is issued, shown in part, baked, changed and forged.</summary>
[Collection(nameof(IssuedHub))]
public sealed class EmbeddedProofTests(IssuedHub issued)
{
    private readonly HubUnderTest _hub = issued.Hub;
    private readonly IssuedBadge _badge = issued.Badge;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_JSON_form_answers_the_three_questions_by_its_own_proof_whole_in_part_and_baked()
    {
        var whole = BadgeDisclosure.Show(await SignedAsync(), BadgeDisclosure.Everything);
        var part = BadgeDisclosure.Show(await SignedAsync(), BadgeDisclosure.Choices);

        foreach (var given in new[] { whole, part, PngBaker.Bake(_badge.Png, whole) })
        {
            var report = await _hub.VerifyAsync(given);

            Assert.Equal((Answer.Yes, Answer.Yes, Answer.Yes), (report.Authentic, report.Current, report.Authorised));
            Assert.Contains("ecdsa-sd-2023", report.Checks.Single(c => c.Id == "proof").Arguments);
        }

        Assert.NotNull(JsonNode.Parse(whole)!["credentialSubject"]!["result"]);
        Assert.Null(JsonNode.Parse(part)!["credentialSubject"]!["result"]);
    }

    [Fact]
    public async Task What_the_holder_alone_may_have_is_no_badge_to_show() =>
        Assert.Equal(Answer.Unknown, (await _hub.VerifyAsync(await SignedAsync())).Authentic);

    [Theory]
    [InlineData("name", "Surgeon")]
    [InlineData("validFrom", "2020-01-01T00:00:00Z")]
    [InlineData("unknownWord", "x")]
    public async Task A_changed_or_added_statement_is_not_authentic(string member, string value)
    {
        var changed = JsonNode.Parse(BadgeDisclosure.Show(await SignedAsync(), BadgeDisclosure.Everything))!;
        changed[member] = value;

        Assert.Equal(Answer.No, (await _hub.VerifyAsync(changed.ToJsonString())).Authentic);
    }

    [Fact]
    public async Task A_key_that_is_named_as_the_hub_once_did_is_found()
    {
        var key = await _hub.Signer.CurrentKeyAsync(SampleCity.Plymouth, SigningAlgorithm.ES256, Cancel);
        var signed = await DataIntegrity.SignAsync(
            VcJwt.WithoutClaims(JsonElement.Parse(_badge.Payload)),
            Cryptosuite.EcdsaRdfc2019,
            _hub.Urls.VerificationMethod(SampleCity.Plymouth, key.KeyId, IssuerScheme.Https),
            _hub.Time.GetUtcNow(),
            digest => _hub.Signer.SignAsync(key, digest, Cancel));

        Assert.Equal((Answer.Yes, Answer.Yes, Answer.Yes), (await _hub.VerifyAsync(signed)).Answers());
    }

    [Fact]
    public async Task A_key_of_another_city_proves_nothing()
    {
        var changed = JsonNode.Parse(BadgeDisclosure.Show(await SignedAsync(), BadgeDisclosure.Everything))!;
        changed["proof"]!["verificationMethod"] = $"{HubUnderTest.Address}/cities/brighton#k1";

        var report = await _hub.VerifyAsync(changed.ToJsonString());

        Assert.Equal(Answer.No, report.Authentic);
        Assert.Equal("Check.key.notListed", report.Checks.Single(c => c.Id == "key").TextKey);
    }

    private async Task<byte[]> SignedAsync() => (await _hub.Get<AwardTable>().SignedAsync(_badge.AwardId, Cancel))!.Embedded;
}
