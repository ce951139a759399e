using Azure.Storage.Blobs;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.OpenBadges.Baking;
using CitiesOfLearning.OpenBadges.Proofs;

namespace CitiesOfLearning.Hub.Issuing;

/// <summary>
/// A badge's pictures with the signed credential baked in, in blob container badges, private: the PNG when it is issued, the SVG when it is
/// first asked for. Each is written once; one that is not there is baked when it is asked for.
/// </summary>
public sealed class BadgePictures(HubStorage storage, AwardTable awards, PublishedAchievements badges, CityDirectory cities)
{
    /// <summary>Bakes and keeps the PNG of what was just signed.</summary>
    public Task KeepPngAsync(
        Award award, City city, PublishedAchievement badge, SignedForms signed, CancellationToken cancellationToken) =>
        KeepAsync(award.Id, "png", BadgeImage.Bake(badge.Png, Baked(city, signed)), cancellationToken);

    /// <summary>Null if the award is not issued, or the city drew no SVG.</summary>
    /// <param name="extension">png or svg.</param>
    public async Task<byte[]?> FindAsync(Award award, string extension, CancellationToken cancellationToken)
    {
        if (await KeptAsync(award.Id, extension, cancellationToken) is { } kept)
        {
            return kept;
        }

        var badge = await badges.FindAsync(award.City, award.Badge, award.BadgeVersion, award.Language, cancellationToken);
        if ((extension == "svg" ? badge?.Svg : badge?.Png) is not { } art
            || await cities.FindAsync(award.City, cancellationToken) is not { } city
            || await awards.SignedAsync(award.Id, cancellationToken) is not { } signed)
        {
            return null;
        }

        await KeepAsync(award.Id, extension, BadgeImage.Bake(art, Baked(city, signed)), cancellationToken);

        // What was kept first: the city may have chosen another proof in between.
        return await KeptAsync(award.Id, extension, cancellationToken);
    }

    private Task KeepAsync(AwardId awardId, string extension, byte[] picture, CancellationToken cancellationToken) =>
        Blob(awardId, extension).UploadIfAbsentAsync(picture, extension == "svg" ? "image/svg+xml" : "image/png", cancellationToken);

    private async Task<byte[]?> KeptAsync(AwardId awardId, string extension, CancellationToken cancellationToken) =>
        (await Blob(awardId, extension).DownloadIfExistsAsync(cancellationToken))?.Content.ToArray();

    private BlobClient Blob(AwardId awardId, string extension) => storage.BadgeBlobs.GetBlobClient($"{awardId}/badge.{extension}");

    private static byte[] Baked(City city, SignedForms signed) =>
        city.Proofs.BakesJwt ? signed.Jwt : BadgeDisclosure.Show(signed.Embedded, BadgeDisclosure.Everything);
}
