using System.Text.Json;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.JsonLd;
using CitiesOfLearning.OpenBadges.Jwt;
using CitiesOfLearning.OpenBadges.Proofs;

namespace CitiesOfLearning.Hub.Publishing;

/// <summary>
/// A draft credential of each badge class goes all the way to the signer, with as much evidence as anybody can send: what could never be
/// signed is refused when the city is loaded, and not when a learner waits for it.
/// </summary>
internal static class BadgeTrial
{
    private const double SomeScore = 1.0 / 3;

    private static readonly AwardId SomeAward = AwardId.Parse(new string('0', AwardId.Length));

    public static async Task<IReadOnlyList<CityError>> ProblemsAsync(City city, HubUrls urls)
    {
        var problems = new List<CityError>();
        foreach (var badge in city.Badges.Values)
        {
            foreach (var language in city.Languages)
            {
                foreach (var provider in badge.Awarders.Select(a => a.Provider).Distinct())
                {
                    if (await ProblemAsync(Draft(city, badge, language, city.Providers[provider], urls), city, urls) is { } problem)
                    {
                        problems.Add(
                            new($"badges/{badge.Id}.json", "", $"no credential of it could be signed in \"{language}\": {problem}"));
                    }
                }
            }
        }

        return problems;
    }

    private static async Task<string?> ProblemAsync(CredentialDraft draft, City city, HubUrls urls)
    {
        try
        {
            var credential = CheckedCredential.Badge(CredentialWriter.Write(draft, urls), city.Id, SomeAward, urls);
            var document = VcJwt.WithoutClaims(JsonElement.Parse(credential.Payload.Span));
            await DataIntegrity.SignAsync(
                document,
                city.Proofs.Embedded,
                urls.VerificationMethod(city.Id, "zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169", city.Identifier),
                draft.ValidFrom,
                _ => ValueTask.FromResult(new byte[64])); // nobody signs: only what comes before can fail
            return null;
        }
        catch (Exception e) when (e is CredentialRuleException or JsonLdException)
        {
            return e.Message;
        }
    }

    private static CredentialDraft Draft(City city, BadgeClass badge, string language, Provider provider, HubUrls urls)
    {
        var achievement = AchievementDocument.InCredential(AchievementDocument.Of(city, badge, language, urls).Body);
        return new(
            SomeAward,
            city.Id,
            city.Name.In(language),
            city.Url,
            badge.Name.In(language),
            "urn:uuid:00000000-0000-8000-8000-000000000000",
            achievement,
            new CredentialProvider(urls.Provider(city.Id, provider.Id), provider.Name.In(language), provider.Url),
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.UnixEpoch,
            EvidenceList.Longest,
            CredentialResult.Of(JsonElement.Parse(achievement.Span), SomeScore),
            city.Identifier.FirstList(),
            0);
    }
}
