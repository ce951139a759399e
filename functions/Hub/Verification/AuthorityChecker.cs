using System.Text.Json;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.OpenBadges.Baking;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>
/// Whether the city agreed to this badge and to this provider awarding it on that day: a good signature alone does not say so.
/// </summary>
public sealed class AuthorityChecker(CityDirectory cities, PublishedAchievements badges, HubUrls urls)
{
    internal async Task CheckAsync(
        BadgeCredential credential,
        CityId cityId,
        UnbakedPicture? picture,
        ReportBuilder report,
        CancellationToken cancellationToken)
    {
        var city = await cities.FindAsync(cityId, cancellationToken);
        var id = BadgeClassVersionId.Parse(credential.AchievementId, urls.City(cityId));
        PublishedAchievement? published = null;
        try
        {
            published = id is { } version
                ? await badges.FindAsync(cityId, version.Badge, version.Version, credential.Language, cancellationToken)
                : null;
            Achievement(credential, published, report);
        }
        catch (Exception e) when (e.IsAbsence())
        {
            report.Unknown("achievement", "unreachable");
        }

        Provider(credential, city, id is { } known ? city?.Badges.GetValueOrDefault(known.Badge) : null, report);
        report.Describe(credential, published is null ? null : $"{credential.AchievementId}.png", Picture(published, picture, report));
    }

    private static void Achievement(BadgeCredential credential, PublishedAchievement? published, ReportBuilder report)
    {
        if (published is null)
        {
            report.Fail("achievement", "unknown");
        }
        else if (!SaysTheSame(published.Achievement, credential.Achievement))
        {
            report.Fail("achievement", "changed");
        }
        else
        {
            report.Pass("achievement", "ok", credential.Name);
        }
    }

    // Byte for byte as a rule; written in another order or spacing it still says the same.
    private static bool SaysTheSame(ReadOnlyMemory<byte> published, ReadOnlyMemory<byte> credential)
    {
        if (published.Span.SequenceEqual(credential.Span))
        {
            return true;
        }

        using var one = JsonDocument.Parse(published);
        using var other = JsonDocument.Parse(credential);
        return JsonElement.DeepEquals(one.RootElement, other.RootElement);
    }

    private void Provider(BadgeCredential credential, City? city, BadgeClass? badge, ReportBuilder report)
    {
        if (city is null || badge is null || credential.Source is null)
        {
            report.Unknown("provider", "unknown");
            return;
        }

        var day = city.DayOf(credential.AchievedAt ?? credential.ValidFrom);
        var allowed = badge.Awarders.Any(a => urls.Provider(city.Id, a.Provider) == credential.Source && a.Covers(day));
        report.Add("provider", allowed ? CheckOutcome.Pass : CheckOutcome.Fail, allowed ? "ok" : "notAllowed", credential.SourceName ?? "");
    }

    /// <returns>Whether the uploaded picture is not the city's.</returns>
    private static bool Picture(PublishedAchievement? published, UnbakedPicture? picture, ReportBuilder report)
    {
        if (picture is null || published is null)
        {
            report.Skip("picture", "none");
            return false;
        }

        var same = picture.Is(published.Png) || (published.Svg is not null && picture.Is(published.Svg));
        report.Add("picture", same ? CheckOutcome.Pass : CheckOutcome.Fail, same ? "same" : "differs");
        return !same;
    }
}
