using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CitiesOfLearning.App.Shared.Http;

/// <summary>What the client asks for.</summary>
internal static class RequestExtensions
{
    // As programs of the field name what they can read.
    private static readonly string[] Json =
    [
        "application/json", "application/ld+json", "application/problem+json", "application/vc", "application/vc+ld+json",
        "application/did+json", "application/did+ld+json",
    ];

    private static readonly string[] Jwt = ["application/vc+jwt", "application/jwt"];

    /// <summary>
    /// Whether it would rather have a page than JSON (https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1). Of two that it likes as much,
    /// it means the one that it names; a program that takes anything, and one that names both, means JSON.
    /// </summary>
    public static bool WantsHtml(this HttpRequest request) => Prefers(request, ["text/html"], [.. Json, .. Jwt]);

    /// <summary>Whether it would rather have a credential as JSON, with its proof within, than as a token.</summary>
    public static bool WantsJsonCredential(this HttpRequest request) => Prefers(request, Json, Jwt);

    public static bool IsForm(this HttpRequest request) => request.HasFormContentType;

    private static bool Prefers(HttpRequest request, string[] these, string[] toThose)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
        {
            return false;
        }

        var best = these.Select(type => Best(accepted, type)).Max();
        return best.Quality > 0 && best.CompareTo(toThose.Select(type => Best(accepted, type)).Max()) > 0;
    }

    // Of the ranges that the type is in, the most specific one counts (12.5.1).
    private static (double Quality, bool IsNamed) Best(IList<MediaTypeHeaderValue> accepted, string type)
    {
        var one = new MediaTypeHeaderValue(type);
        var range = accepted.Where(one.IsSubsetOf).MaxBy(a => a.MatchesAllTypes ? 0 : a.MatchesAllSubTypes ? 1 : 2);
        return range is null ? (0, false) : (Quality(range), !range.MatchesAllSubTypes);
    }

    // A weight that cannot be read is the least there is.
    private static double Quality(MediaTypeHeaderValue range) =>
        range.Quality ?? (range.Parameters.Any(p => p.Name.Equals("q", StringComparison.OrdinalIgnoreCase)) ? 0.001 : 1);
}
