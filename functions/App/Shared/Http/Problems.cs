using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace CitiesOfLearning.App.Shared.Http;

/// <summary>Every problem that programs are told of, with the type that stays the same.</summary>
internal static class Problems
{
    public static Reply NotFound() =>
        Reply.Problem(StatusCodes.Status404NotFound, "/problems/not-found", "There is nothing here", "Check the address.");

    public static Reply BadRequest(string detail) =>
        Reply.Problem(StatusCodes.Status400BadRequest, "/problems/bad-request", "The request cannot be understood", detail);

    public static Reply Forbidden() => Reply.Problem(
        StatusCodes.Status403Forbidden, "/problems/forbidden", "This is for the city's staff", "Staff sign-in is not set up on this hub.");

    public static Reply CrossSite() => Reply.Problem(
        StatusCodes.Status403Forbidden,
        "/problems/cross-site",
        "The form came from another site",
        "Open the page on this hub and try again.");

    public static Reply Conflict(string detail) =>
        Reply.Problem(StatusCodes.Status409Conflict, "/problems/conflict", "That is not possible now", detail);

    public static Reply TooLarge() => Reply.Problem(
        StatusCodes.Status413PayloadTooLarge,
        "/problems/too-large",
        "That is too large",
        "Send less: a badge may have 10 MB, a roster 4 MB, a form 16 kB.");

    public static Reply TooSlow() => Reply.Problem(
        StatusCodes.Status408RequestTimeout,
        "/problems/too-slow",
        "The request came too slowly",
        "Send it again over a better connection.");

    public static Reply TooMany(TimeSpan wait) => Reply
        .Problem(StatusCodes.Status429TooManyRequests, "/problems/too-many-tries", "Too many tries", "Wait, then try again.")
        .With("Retry-After", Seconds(wait));

    public static Reply Unavailable() => Reply
        .Problem(
            StatusCodes.Status503ServiceUnavailable, "/problems/unavailable", "The hub cannot reach its storage", "Try again in a minute.")
        .With("Retry-After", "60");

    public static Reply Busy() => Reply
        .Problem(
            StatusCodes.Status503ServiceUnavailable,
            "/problems/busy",
            "Too many badges are being verified just now",
            "Try again in a few seconds.")
        .With("Retry-After", "5");

    public static Reply Interrupted() => Reply
        .Problem(StatusCodes.Status503ServiceUnavailable, "/problems/unavailable", "The hub was interrupted", "Try again in a minute.")
        .With("Retry-After", "60");

    public static Reply Failed() =>
        Reply.Problem(
            StatusCodes.Status500InternalServerError,
            "/problems/failed",
            "Something went wrong on our side",
            "Try again. If it happens again, tell the city.");

    public static string Seconds(TimeSpan wait) => ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
