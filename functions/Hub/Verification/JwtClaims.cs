using System.Text.Json;
using CitiesOfLearning.OpenBadges.Json;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>The registered claims that stand beside a credential in a JWT say the same as the credential.</summary>
internal static class JwtClaims
{
    /// <summary>
    /// https://www.imsglobal.org/spec/ob/v3p0/#jwt-proof-format: <c>iss</c>, <c>jti</c>, <c>nbf</c>, <c>sub</c>, and <c>exp</c> where the
    /// credential
    /// ends.
    /// </summary>
    /// <returns>The claim that is missing or says something else; null if all is well.</returns>
    public static string? Different(JsonElement payload, BadgeCredential credential) =>
        DifferentName(payload, credential, mayBeAbsent: false)
        ?? (!IsMoment(payload, "nbf", credential.ValidFrom) ? "nbf"
            : !(credential.ValidUntil is { } until ? IsMoment(payload, "exp", until) : IsReadable(payload, "exp")) ? "exp"
            : null);

    /// <summary>
    /// https://www.w3.org/TR/vc-jose-cose/#securing-with-jose: each claim may be left out, and <c>nbf</c> and <c>exp</c> are the
    /// signature's own dates, not the credential's.
    /// </summary>
    /// <returns>The claim that says something else; null if all is well.</returns>
    public static string? DifferentByJose(JsonElement payload, BadgeCredential credential) =>
        DifferentName(payload, credential, mayBeAbsent: true)
        ?? (!IsReadable(payload, "nbf") ? "nbf" : !IsReadable(payload, "exp") ? "exp" : null);

    /// <summary>
    /// The credential within the token's own dates (https://www.imsglobal.org/spec/ob/v3p0/#verify-a-credential-vc-jwt-signature:
    /// <c>exp</c> sets the end of a credential that has none).
    /// </summary>
    public static BadgeCredential Dated(JsonElement payload, BadgeCredential credential) => credential with
    {
        ValidFrom = Moment(payload, "nbf") is { } from && from > credential.ValidFrom ? from : credential.ValidFrom,
        ValidUntil = Moment(payload, "exp") is { } until && !(credential.ValidUntil <= until) ? until : credential.ValidUntil,
    };

    /// <summary>
    /// RFC 7519, 4.1: whether the token is this issuer's, and neither too early nor too late. Where there is no token, nothing speaks
    /// against it.
    /// </summary>
    public static bool Hold(JsonElement payload, string issuer, DateTimeOffset now) =>
        Is(payload, "iss", issuer, mayBeAbsent: true)
        && (payload.Member("nbf") is null || Seconds(payload, "nbf") <= (now + ValidityPeriod.Tolerance).ToUnixTimeSeconds())
        && (payload.Member("exp") is null || Seconds(payload, "exp") >= (now - ValidityPeriod.Tolerance).ToUnixTimeSeconds());

    /// <summary>A NumericDate (RFC 7519, 2); null if it is none, or not there.</summary>
    public static DateTimeOffset? Moment(JsonElement payload, string name) =>
        Seconds(payload, name) is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static string? DifferentName(JsonElement payload, BadgeCredential credential, bool mayBeAbsent) =>
        !Is(payload, "iss", credential.Issuer, mayBeAbsent) ? "iss"
        : !Is(payload, "jti", credential.Id, mayBeAbsent) ? "jti"
        : !Is(payload, "sub", credential.Subject, mayBeAbsent || credential.Subject is null) ? "sub"
        : null;

    private static bool Is(JsonElement payload, string name, string? value, bool mayBeAbsent) =>
        payload.Member(name) is { } claim ? value is not null
            && claim.ValueKind == JsonValueKind.String
            && claim.ValueEquals(value) : mayBeAbsent;

    private static bool IsMoment(JsonElement payload, string name, DateTimeOffset moment) =>
        Seconds(payload, name) == moment.ToUnixTimeSeconds();

    private static bool IsReadable(JsonElement payload, string name) => payload.Member(name) is null || Seconds(payload, name) is not null;

    // Up to the year 9999.
    private static long? Seconds(JsonElement payload, string name) =>
        payload.Member(name) is { ValueKind: JsonValueKind.Number } number
        && number.TryGetInt64(out var seconds)
        && seconds is >= 0 and < 253_402_300_800 ? seconds : null;
}
