using System.Globalization;
using CitiesOfLearning.App.Http;
using CitiesOfLearning.App.Pages;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Status;
using CitiesOfLearning.OpenBadges.Status;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Functions;

/// <summary>PUBLISH: the newest version of a badge class.</summary>
public sealed class CityBadge(CityDirectory cities, PublishedBadges badges, PageRenderer pages)
{
    [Function(nameof(CityBadge))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "cities/{city}/badges/{badge}")] HttpRequest request,
        string city,
        string badge,
        CancellationToken cancellationToken)
    {
        if (await cities.FindAsync(city, cancellationToken) is not { } found || !found.Badges.TryGetValue(badge, out var known))
        {
            return Problems.NotFound();
        }

        return request.WantsPage()
            ? await CityAnswers.BadgePageAsync(request, pages, badges, found, known, known.Version, cancellationToken)
            : CityAnswers.Public(await badges.DocumentAsync(city, badge, known.Version, null, cancellationToken) is { } newest ? newest with { MaxAge = Published.Short } : null);
    }
}

/// <summary>PUBLISH: one version of a badge class, for ever: <c>v1</c>, <c>v1.json</c>, <c>v1.cy.json</c>, <c>v1.png</c>, <c>v1.svg</c>.</summary>
public sealed class CityBadgeVersion(CityDirectory cities, PublishedBadges badges, PageRenderer pages)
{
    [Function(nameof(CityBadgeVersion))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "cities/{city}/badges/{badge}/{file}")] HttpRequest request,
        string city,
        string badge,
        string file,
        CancellationToken cancellationToken)
    {
        var parts = file.Split('.');
        if (parts[0] is not ['v', .. var number] || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            return Problems.NotFound();
        }

        switch (parts)
        {
            case [_] when request.WantsPage():
                return await cities.FindAsync(city, cancellationToken) is { } found && found.Badges.TryGetValue(badge, out var known)
                    ? await CityAnswers.BadgePageAsync(request, pages, badges, found, known, version, cancellationToken)
                    : Problems.NotFound();
            case [_] or [_, "json"]:
                return CityAnswers.Public(await badges.DocumentAsync(city, badge, version, null, cancellationToken));
            case [_, var language, "json"]:
                return CityAnswers.Public(await badges.DocumentAsync(city, badge, version, language, cancellationToken));
            case [_, "png" or "svg"]:
                return CityAnswers.Public(await badges.ImageAsync(city, badge, version, parts[1], cancellationToken), "default-src 'none'; style-src 'unsafe-inline'");
            default:
                return Problems.NotFound();
        }
    }
}

/// <summary>PUBLISH: what can be learned in the city.</summary>
public sealed class CityCatalogue(CityDirectory cities, HubUrls urls, PageRenderer pages)
{
    [Function(nameof(CityCatalogue))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "cities/{city}/catalogue")] HttpRequest request, string city, CancellationToken cancellationToken) =>
        await cities.FindAsync(city, cancellationToken) is not { } found ? Problems.NotFound()
        : request.WantsPage() ? await pages.RenderAsync(request, new CatalogueView(found), cacheControl: CityAnswers.PageCache)
        : CityAnswers.Public(Catalogue.Of(found, urls));
}

/// <summary>PUBLISH: the city as <c>did:web</c>.</summary>
public sealed class CityDid(KeyDocuments keys)
{
    [Function(nameof(CityDid))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "cities/{city}/did.json")] HttpRequest request, string city, CancellationToken cancellationToken) =>
        CityAnswers.Public(await keys.DidAsync(city, cancellationToken));
}

/// <summary>PUBLISH: the city's picture.</summary>
public sealed class CityImage(CityDirectory cities)
{
    [Function(nameof(CityImage))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "cities/{city}/image.{extension}")] HttpRequest request,
        string city,
        string extension,
        CancellationToken cancellationToken) =>
        (await cities.FindAsync(city, cancellationToken))?.Image is { } image && image.MediaType == (extension == "svg" ? "image/svg+xml" : "image/" + extension)
            ? CityAnswers.Public(Published.Of(image.Bytes, image.MediaType, Published.Short), "default-src 'none'; style-src 'unsafe-inline'")
            : Problems.NotFound();
}

/// <summary>PUBLISH: one key, which is what <c>kid</c> points to.</summary>
public sealed class CityKey(KeyDocuments keys)
{
    [Function(nameof(CityKey))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "cities/{city}/keys/{kid}")] HttpRequest request,
        string city,
        string kid,
        CancellationToken cancellationToken) =>
        CityAnswers.Public(await keys.KeyAsync(city, kid, cancellationToken));
}

/// <summary>PUBLISH: the city's page, or its issuer profile.</summary>
public sealed class CityProfile(CityDirectory cities, KeyDocuments keys, PageRenderer pages)
{
    [Function(nameof(CityProfile))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "cities/{city}")] HttpRequest request, string city, CancellationToken cancellationToken) =>
        await cities.FindAsync(city, cancellationToken) is not { } found ? Problems.NotFound()
        : request.WantsPage() ? await pages.RenderAsync(request, new CityView(found), cacheControl: CityAnswers.PageCache)
        : CityAnswers.Public(await keys.ProfileAsync(city, cancellationToken));
}

/// <summary>PUBLISH: a signed status list.</summary>
public sealed class CityStatus(StatusLists lists)
{
    // Short, so that a revocation is seen soon.
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(1);

    [Function(nameof(CityStatus))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "cities/{city}/status/{list}")] HttpRequest request,
        string city,
        string list,
        CancellationToken cancellationToken) =>
        list.Split('-') is [var purpose, var text] && StatusPurposes.All.Contains(purpose)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && await lists.FindAsync(city, purpose, number, cancellationToken) is { } jwt
            ? CityAnswers.Public(Published.Of(jwt, StatusLists.MediaType, MaxAge))
            : Problems.NotFound();
}

/// <summary>PUBLISH: every key ever used, each with its issuer.</summary>
public sealed class Jwks(KeyDocuments keys)
{
    [Function(nameof(Jwks))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ".well-known/jwks.json")] HttpRequest request, CancellationToken cancellationToken) =>
        CityAnswers.Public(await keys.JwksAsync(cancellationToken));
}

internal static class CityAnswers
{
    public const string PageCache = "public, max-age=300";

    public static Reply Public(Published? published) => published is null ? Problems.NotFound() : Reply.Public(published).With("Vary", "Accept");

    public static async Task<IResult> BadgePageAsync(
        HttpRequest request, PageRenderer pages, PublishedBadges badges, City city, BadgeClass newest, int version, CancellationToken cancellationToken) =>
        await badges.VersionAsync(city, newest.Id, version, cancellationToken) is { } published
            ? await pages.RenderAsync(request, new BadgeView(city, published, newest), cacheControl: PageCache)
            : Problems.NotFound();

    /// <summary>A picture is a document too: nothing in it may run or load.</summary>
    public static Reply Public(Published? published, string contentSecurityPolicy) =>
        published is null ? Problems.NotFound() : Reply.Public(published).With("Content-Security-Policy", contentSecurityPolicy);
}
