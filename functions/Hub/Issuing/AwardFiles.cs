using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Storage;

namespace CitiesOfLearning.Hub.Issuing;

/// <summary>A credential in both its signed forms.</summary>
/// <param name="Jwt">Compact JWS, ASCII.</param>
/// <param name="Embedded">With an embedded proof, UTF-8 JSON; one of ecdsa-sd-2023 is the base proof, which only its holder may
/// have.</param>
public sealed record SignedForms(byte[] Jwt, byte[] Embedded);

/// <summary>
/// Blob container badges, private: each award's signed forms in one blob (the JWT, a line feed, the JSON), and its pictures. All are
/// written
/// once.
/// </summary>
public sealed class AwardFiles(HubStorage storage)
{
    private const byte LineFeed = (byte)'\n';

    /// <returns>What is kept: what was stored first.</returns>
    public async Task<SignedForms> KeepAsync(AwardId awardId, SignedForms signed, CancellationToken cancellationToken)
    {
        byte[] both = [.. signed.Jwt, LineFeed, .. signed.Embedded];
        return await storage.BadgeBlobs
            .GetBlobClient(Signed(awardId))
            .UploadIfAbsentAsync(both, "application/octet-stream", cancellationToken)
            ? signed
            : (await FindAsync(awardId, cancellationToken))!;
    }

    /// <summary>Null if nothing is signed yet.</summary>
    public async Task<SignedForms?> FindAsync(AwardId awardId, CancellationToken cancellationToken)
    {
        if (await ReadAsync(Signed(awardId), cancellationToken) is not { } both)
        {
            return null;
        }

        var end = Array.IndexOf(both, LineFeed);
        return new SignedForms(both[..end], both[(end + 1)..]);
    }

    /// <param name="extension">png or svg.</param>
    public Task KeepPictureAsync(AwardId awardId, string extension, byte[] picture, CancellationToken cancellationToken) =>
        storage.BadgeBlobs.GetBlobClient(Picture(awardId, extension)).UploadIfAbsentAsync(
            picture, extension == "svg" ? "image/svg+xml" : "image/png", cancellationToken);

    /// <param name="extension">png or svg.</param>
    public Task<byte[]?> FindPictureAsync(AwardId awardId, string extension, CancellationToken cancellationToken) =>
        ReadAsync(Picture(awardId, extension), cancellationToken);

    private async Task<byte[]?> ReadAsync(string name, CancellationToken cancellationToken) =>
        (await storage.BadgeBlobs.GetBlobClient(name).DownloadIfExistsAsync(cancellationToken))?.Content.ToArray();

    private static string Signed(AwardId awardId) => $"{awardId}/signed";

    private static string Picture(AwardId awardId, string extension) => $"{awardId}/badge.{extension}";
}
