using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Storage;

namespace CitiesOfLearning.Hub.Issuing;

/// <summary>The forms in which a badge is kept.</summary>
public enum BadgeForm
{
    /// <summary>The checked credential before it was signed: the record of intent.</summary>
    Unsigned,
    Jwt,

    /// <summary>With an embedded proof; one of ecdsa-sd-2023 is the base proof, which only its holder may have.</summary>
    Embedded,
    Png,
    Svg,
}

/// <summary>Blob container badges: every form of every badge, private, written once.</summary>
public sealed class AwardFiles(HubStorage storage)
{
    /// <summary>False if the form was there already; then it stays as it was.</summary>
    public Task<bool> WriteAsync(AwardId awardId, BadgeForm form, byte[] content, CancellationToken cancellationToken) =>
        storage.BadgeBlobs.GetBlobClient(Name(awardId, form)).UploadIfAbsentAsync(content, MediaType(form), cancellationToken);

    public async Task<byte[]?> ReadAsync(AwardId awardId, BadgeForm form, CancellationToken cancellationToken) =>
        (await storage.BadgeBlobs.GetBlobClient(Name(awardId, form)).DownloadIfExistsAsync(cancellationToken))?.Content.ToArray();

    private static string Name(AwardId awardId, BadgeForm form) => form switch
    {
        BadgeForm.Unsigned => $"{awardId}/unsigned.json",
        BadgeForm.Jwt => $"{awardId}/badge.jwt",
        BadgeForm.Embedded => $"{awardId}/badge.json",
        BadgeForm.Png => $"{awardId}/badge.png",
        _ => $"{awardId}/badge.svg",
    };

    private static string MediaType(BadgeForm form) => form switch
    {
        BadgeForm.Unsigned or BadgeForm.Embedded => "application/vc",
        BadgeForm.Jwt => "application/vc+jwt",
        BadgeForm.Png => "image/png",
        _ => "image/svg+xml",
    };
}
