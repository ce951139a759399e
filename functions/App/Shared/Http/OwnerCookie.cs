using CitiesOfLearning.Hub.Claims;
using CitiesOfLearning.Hub.Identifiers;
using Microsoft.AspNetCore.Http;

namespace CitiesOfLearning.App.Shared.Http;

/// <summary>The learner's key to their badge, in the browser that claimed it; a program sends it as a bearer token.</summary>
internal static class OwnerCookie
{
    private const string Bearer = "Bearer ";

    public static void Set(HttpRequest request, AwardId awardId, string key) => request.HttpContext.Response.Cookies.Append(
        Name(awardId),
        key,
        new CookieOptions
        {
            HttpOnly =
            true,
            Secure = request.IsHttps,
            SameSite = SameSiteMode.Strict,
            Path = "/badges",
            MaxAge = HolderAccess.Validity
        });

    public static string? Read(HttpRequest request, AwardId awardId)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..] : request.Cookies[Name(awardId)];
    }

    private static string Name(AwardId awardId) => $"badge-{awardId}";
}
