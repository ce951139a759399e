using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.Hub.Tests.Cities;

namespace CitiesOfLearning.Hub.Tests.Signing;

/// <summary>One credential with everything in it, always the same: Plymouth's tide-pool surveyor.</summary>
internal static class SomeCredential
{
    public static readonly AwardId AwardId = AwardId.Parse("0123456789ABCDEFGHJKMNPQRS");

    private static readonly HubUrls Urls = new("https://hub.example");

    public static byte[] Payload(string language = "en")
    {
        var city = Sample.Plymouth;
        var badge = city.Badges["tide-pool-surveyor"];
        var draft = new CredentialDraft(
            AwardId,
            city.Id,
            city.Name.In(language),
            city.Url,
            badge.Name.In(language),
            "urn:uuid:6c3a2f1e-5b7d-8e9f-a0b1-c2d3e4f50617",
            AchievementDocument.InCredential(AchievementDocument.Of(city, badge, language, Urls).Body),
            new CredentialProvider(
                Urls.Provider(city.Id, "tide-pool-trust"),
                city.Providers["tide-pool-trust"].Name.In(language),
                city.Providers["tide-pool-trust"].Url),
            new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2026, 11, 20, 10, 30, 0, TimeSpan.Zero),
            [new Evidence("https://records.example/42", "Arolwg y pyllau – “42”"), new Evidence(null, "Seen by a ranger")],
            new CredentialResult(Urls.Result(city.Id, badge.Id, badge.Version, "score"), "95.5"),
            1,
            4711);
        return CredentialWriter.Write(draft, Urls);
    }
}
