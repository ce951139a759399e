using System.Text.Json.Nodes;
using CitiesOfLearning.App.Http;
using CitiesOfLearning.App.Pages;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Claims;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Issuing;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Verification;
using CitiesOfLearning.OpenBadges.Jwt;
using CitiesOfLearning.OpenBadges.Proofs;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Functions;

/// <summary>A badge in one of its forms, for its learner, and for anyone once the learner shares it.</summary>
public sealed class BadgeFile(BadgeReader badges)
{
    [Function(nameof(BadgeFile))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "badges/{awardId}.{form}")] HttpRequest request,
        string awardId,
        string form,
        CancellationToken cancellationToken) =>
        await badges.FindAsync(request, awardId, cancellationToken) is null ? Problems.NotFound()
        : await badges.FileAsync(awardId, form, request.Query["leaveOut"].ToString(), cancellationToken);
}

/// <summary>The share page; for the learner who claimed it in this browser, the downloads and the choice to share.</summary>
public sealed class BadgeShare(BadgeReader badges, BadgeFiles files, CityDirectory cities, PublishedBadges versions, BadgeVerifier verifier, BadgeAccess access, HubUrls urls, PageRenderer pages)
{
    [Function(nameof(BadgeShare))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "badges/{awardId}")] HttpRequest request,
        string awardId,
        CancellationToken cancellationToken)
    {
        if (await badges.FindAsync(request, awardId, cancellationToken) is not { } award)
        {
            return Problems.NotFound();
        }

        if (!request.WantsPage())
        {
            return await badges.FileAsync(awardId, "json", "", cancellationToken);
        }

        var city = (await cities.FindAsync(award.City, cancellationToken))!;
        var (badge, provider) = (await versions.OfAsync(award, city, cancellationToken), city.Providers[award.Provider]);
        var key = OwnerCookie.Read(request, awardId);
        if (access.Opens(awardId, key))
        {
            var path = $"/badges/{awardId}";
            var downloads = new ClaimedDownloads(
                $"{path}.png", badge.IsDrawn ? $"{path}.svg" : null, $"{path}.json", await LeftOutAsync(award, path, cancellationToken), $"{path}.jwt");
            return await pages.RenderAsync(
                request, new ClaimedView(city, badge, provider, downloads, award.IsPublic, urls.Credential(awardId), path, access.FormToken(awardId, key!)));
        }

        var jwt = VcJwt.Read((await files.ReadAsync(awardId, BadgeForm.Jwt, cancellationToken))!)!;
        var report = await verifier.VerifyAsync(new UnverifiedBadge.Jwt(jwt), cancellationToken);
        return await pages.RenderAsync(request, new ShareView(city, badge, provider, awardId, award.AchievedAt, award.Evidence, report));
    }

    // Only where there is something to leave out, and this badge's own proof allows it, whatever the city chooses today.
    private async Task<string?> LeftOutAsync(Award award, string path, CancellationToken cancellationToken) =>
        (award.Evidence.Count > 0 || award.Score is not null)
        && await files.ReadAsync(award.Id, BadgeForm.Embedded, cancellationToken) is { } embedded && BadgeDisclosure.IsPossible(embedded, BadgeDisclosure.Choices)
            ? $"{path}.json?leaveOut={string.Join(',', BadgeDisclosure.Choices)}"
            : null;
}

/// <summary>The learner's choice: private (as it begins) or public.</summary>
public sealed class BadgeVisibility(AwardBook awards, BadgeAccess access)
{
    [Function(nameof(BadgeVisibility))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "badges/{awardId}")] HttpRequest request, string awardId, CancellationToken cancellationToken)
    {
        var key = OwnerCookie.Read(request, awardId);
        if (!access.Opens(awardId, key))
        {
            return Problems.NotFound();
        }

        var fields = await request.FieldsAsync(cancellationToken);

        // A browser sends the cookie with whatever form it is given: the form must be ours. A program with a bearer token has no cookie.
        if (request.IsForm() && !access.IsFormToken(awardId, key!, fields.GetValueOrDefault("csrf")))
        {
            return Problems.CrossSite();
        }

        if (fields.GetValueOrDefault("visibility") is not ("public" or "private"))
        {
            return Problems.BadRequest("visibility must be public or private.");
        }

        var isPublic = fields["visibility"] == "public";
        await awards.ChangeAsync(
            awardId,
            now => now.IsPublic == isPublic ? null : awards.Record(now, isPublic ? "made public" : "made private") with { IsPublic = isPublic },
            cancellationToken);
        return request.IsForm() ? Reply.SeeOther($"/badges/{awardId}{request.QueryString}") : Reply.Json(new JsonObject { ["public"] = isPublic });
    }
}

/// <summary>Lets in who may see a badge, and hands out its forms.</summary>
public sealed class BadgeReader(AwardBook awards, BadgeFiles files, BadgeAccess access)
{
    /// <summary>The award, if it is public or the request carries the learner's own key to it; unknown and private look the same.</summary>
    public async Task<Award?> FindAsync(HttpRequest request, string awardId, CancellationToken cancellationToken) =>
        await awards.FindAsync(awardId, cancellationToken) is { } award && award.State != AwardState.Decided
        && (award.IsPublic || access.Opens(awardId, OwnerCookie.Read(request, awardId)))
            ? award
            : null;

    /// <param name="leaveOut">Of the JSON form: any of <see cref="BadgeDisclosure.Choices"/>, with commas between.</param>
    public async Task<IResult> FileAsync(string awardId, string form, string leaveOut, CancellationToken cancellationToken)
    {
        var left = leaveOut.Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (left.Except(BadgeDisclosure.Choices).Any())
        {
            return Problems.BadRequest($"leaveOut may name {string.Join(" and ", BadgeDisclosure.Choices)}, with a comma between.");
        }

        (BadgeForm Stored, string MediaType)? wanted = form switch
        {
            "png" => (BadgeForm.Png, "image/png"),
            "svg" => (BadgeForm.Svg, "image/svg+xml"),
            "jwt" => (BadgeForm.Jwt, "application/vc+jwt"),
            "json" => (BadgeForm.Embedded, "application/vc"),
            _ => null,
        };
        if (wanted is not { } known || await files.ReadAsync(awardId, known.Stored, cancellationToken) is not { } bytes)
        {
            return Problems.NotFound();
        }

        // Whoever asks for less must not be given all.
        if (left.Length > 0 && (form != "json" || !BadgeDisclosure.IsPossible(bytes, left)))
        {
            return Problems.BadRequest("Nothing can be left out of this form of the badge.");
        }

        // An SVG is a document: nothing in it may run or load, even though the city's art was checked (docs/specs.md, security).
        return Reply.Bytes(form == "json" ? BadgeDisclosure.Show(bytes, left) : bytes, known.MediaType)
            .With("Content-Disposition", $"attachment; filename=\"badge-{awardId}.{form}\"")
            .With("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
    }
}
