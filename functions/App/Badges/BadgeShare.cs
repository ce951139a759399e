using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Claims;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Issuing;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Verification;
using CitiesOfLearning.JsonLd;
using CitiesOfLearning.OpenBadges.Jwt;
using CitiesOfLearning.OpenBadges.Proofs;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Badges;

/// <summary>The share page; for the learner who claimed it in this browser, the downloads and the choice to share.</summary>
public sealed class BadgeShare(
    BadgeReader badges,
    CityDirectory cities,
    PublishedAchievements versions,
    BadgeVerifier verifier,
    HolderAccess access,
    HubUrls urls,
    PageRenderer pages)
{
    [Function(nameof(BadgeShare))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = @"badges/{awardId:regex(^[^.]+\z)}")] HttpRequest request,
        string awardId,
        CancellationToken cancellationToken)
    {
        if (await badges.FindAsync(request, awardId, cancellationToken) is not var (award, signed))
        {
            return Problems.NotFound();
        }

        if (!request.WantsHtml())
        {
            return await badges.FileAsync(award, signed, "json", "", cancellationToken);
        }

        var city = (await cities.FindAsync(award.City, cancellationToken))!;
        var (badge, provider) = (await versions.ForAwardAsync(award, city, cancellationToken), city.Providers[award.Provider]);
        var key = OwnerCookie.Read(request, award.Id);
        if (access.Opens(award.Id, key))
        {
            var path = $"/badges/{award.Id}";
            var downloads = new ClaimedDownloads(
                $"{path}.png",
                badge.IsDrawn ? $"{path}.svg" : null,
                $"{path}.json",
                LeftOut(award, signed, path),
                $"{path}.jwt");
            return await pages.RenderAsync(
                request, new ClaimedView(
                    city, badge, provider, downloads, award.IsPublic, urls.Credential(award.Id), path, access.FormToken(award.Id, key!)));
        }

        var jwt = VcJwt.Read(signed.Jwt)!;
        var report = await verifier.VerifyAsync(new CredentialFile.Jwt(jwt), new WorkBudget(cancellationToken));
        return await pages.RenderAsync(request, new ShareView(city, badge, provider, award.Id, award.AchievedAt, award.Evidence, report));
    }

    // Only where there is something to leave out, and this badge's own proof allows it, whatever the city chooses today.
    private static string? LeftOut(Award award, SignedForms signed, string path) =>
        (award.Evidence.Count > 0 || award.Score is not null) && BadgeDisclosure.IsPossible(signed.Embedded, BadgeDisclosure.Choices)
            ? $"{path}.json?leaveOut={string.Join(',', BadgeDisclosure.Choices)}"
            : null;
}
