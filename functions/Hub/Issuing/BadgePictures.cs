using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.OpenBadges.Baking;
using CitiesOfLearning.OpenBadges.Proofs;

namespace CitiesOfLearning.Hub.Issuing;

/// <summary>
/// A badge's pictures with the signed credential baked in: the PNG when it is issued, the SVG when it is first asked for; kept then.
/// </summary>
public sealed class BadgePictures(AwardFiles files, PublishedAchievements badges, CityDirectory cities)
{
    public async Task BakePngAsync(
        Award award, City city, PublishedAchievement badge, SignedForms signed, CancellationToken cancellationToken) =>
        await files.KeepPictureAsync(award.Id, "png", BadgeImage.Bake(badge.Png, Baked(city, signed)), cancellationToken);

    /// <summary>Null if the award is not issued, or the city drew no SVG.</summary>
    public async Task<byte[]?> SvgAsync(Award award, CancellationToken cancellationToken)
    {
        if (await files.FindPictureAsync(award.Id, "svg", cancellationToken) is { } kept)
        {
            return kept;
        }

        var badge = await badges.FindAsync(award.City, award.Badge, award.BadgeVersion, award.Language, cancellationToken);
        if (badge?.Svg is not { } art
            || await cities.FindAsync(award.City, cancellationToken) is not { } city
            || await files.FindAsync(award.Id, cancellationToken) is not { } signed)
        {
            return null;
        }

        await files.KeepPictureAsync(award.Id, "svg", BadgeImage.Bake(art, Baked(city, signed)), cancellationToken);

        // What was kept first: the city may have chosen another proof in between.
        return await files.FindPictureAsync(award.Id, "svg", cancellationToken);
    }

    private static byte[] Baked(City city, SignedForms signed) =>
        city.Proofs.BakesJwt ? signed.Jwt : BadgeDisclosure.Show(signed.Embedded, BadgeDisclosure.Everything);
}
