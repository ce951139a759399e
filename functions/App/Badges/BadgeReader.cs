using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Claims;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Issuing;
using CitiesOfLearning.OpenBadges.Proofs;
using Microsoft.AspNetCore.Http;

namespace CitiesOfLearning.App.Badges;

/// <summary>Lets in who may see a badge, and hands out its forms.</summary>
public sealed class BadgeReader(AwardTable awards, BadgePictures pictures, HolderAccess access)
{
    /// <summary>The badge, if it is public or the request carries the learner's own key to it; unknown and private look the same.</summary>
    /// <param name="awardId">As in the address.</param>
    public async Task<(Award Award, SignedForms Signed)?> FindAsync(
        HttpRequest request, string awardId, CancellationToken cancellationToken) =>
        await awards.IssuedAsync(awardId, cancellationToken) is var (award, signed)
        && (award.IsPublic || access.Opens(award.Id, OwnerCookie.Read(request, award.Id)))
            ? (award, signed)
            : null;

    /// <param name="leaveOut">Of the JSON form: any of <see cref="BadgeDisclosure.Choices"/>, with commas between.</param>
    public async Task<IResult> FileAsync(
        Award award, SignedForms signed, string form, string leaveOut, CancellationToken cancellationToken)
    {
        var left = leaveOut.Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (left.Except(BadgeDisclosure.Choices).Any())
        {
            return Problems.BadRequest($"leaveOut may name {string.Join(" and ", BadgeDisclosure.Choices)}, with a comma between.");
        }

        var (bytes, mediaType) = form switch
        {
            "png" => (await pictures.FindAsync(award, "png", cancellationToken), "image/png"),
            "svg" => (await pictures.FindAsync(award, "svg", cancellationToken), "image/svg+xml"),
            "jwt" => (signed.Jwt, "application/vc+jwt"),
            "json" => (signed.Embedded, "application/vc"),
            _ => (null, ""),
        };
        if (bytes is null)
        {
            return Problems.NotFound();
        }

        // Whoever asks for less must not be given all.
        if (left.Length > 0 && (form != "json" || !BadgeDisclosure.IsPossible(bytes, left)))
        {
            return Problems.BadRequest("Nothing can be left out of this form of the badge.");
        }

        return Reply.Bytes(form == "json" ? BadgeDisclosure.Show(bytes, left) : bytes, mediaType)
            .With("Content-Disposition", $"attachment; filename=\"badge-{award.Id}.{form}\"")
            .Inert();
    }
}
