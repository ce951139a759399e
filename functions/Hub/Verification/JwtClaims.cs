using System.Text.Json;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>The registered claims that stand beside a credential in a JWT say the same as the credential.</summary>
internal static class JwtClaims
{
    /// <summary>
    /// https://www.imsglobal.org/spec/ob/v3p0/#jwt-proof-format: <c>iss</c>, <c>jti</c>, <c>nbf</c>, <c>sub</c>, and <c>exp</c> where the credential
    /// ends. By https://www.w3.org/TR/vc-jose-cose/#securing-with-jose (<paramref name="mayBeAbsent"/>) each may be left out.
    /// </summary>
    /// <returns>The claim that is missing or says something else; null if all is well.</returns>
    public static string? Different(JsonElement payload, BadgeCredential credential, bool mayBeAbsent) =>
        !Is(payload, "iss", credential.Issuer, mayBeAbsent) ? "iss"
        : !Is(payload, "jti", credential.Id, mayBeAbsent) ? "jti"
        : !Is(payload, "sub", credential.Subject, mayBeAbsent || credential.Subject is null) ? "sub"
        : !IsMoment(payload, "nbf", credential.ValidFrom, mayBeAbsent) ? "nbf"
        : !IsMoment(payload, "exp", credential.ValidUntil, mayBeAbsent || credential.ValidUntil is null) ? "exp"
        : null;

    /// <summary>RFC 7519, 4.1: whether the token is this issuer's, and neither too early nor too late. Where there is no token, nothing speaks against it.</summary>
    public static bool Hold(JsonElement payload, string issuer, DateTimeOffset now) =>
        Is(payload, "iss", issuer, mayBeAbsent: true)
        && (payload.Member("nbf") is null || Seconds(payload, "nbf") <= now.ToUnixTimeSeconds())
        && (payload.Member("exp") is null || Seconds(payload, "exp") >= now.ToUnixTimeSeconds());

    private static bool Is(JsonElement payload, string name, string? value, bool mayBeAbsent) =>
        payload.Member(name) is { } claim ? value is not null && claim.ValueKind == JsonValueKind.String && claim.ValueEquals(value) : mayBeAbsent;

    private static bool IsMoment(JsonElement payload, string name, DateTimeOffset? moment, bool mayBeAbsent) =>
        payload.Member(name) is null ? mayBeAbsent : moment is { } at && Seconds(payload, name) == at.ToUnixTimeSeconds();

    private static long? Seconds(JsonElement payload, string name) =>
        payload.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var seconds) ? seconds : null;
}
