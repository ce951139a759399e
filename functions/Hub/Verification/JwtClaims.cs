using System.Text.Json;
using CitiesOfLearning.OpenBadges.Json;
using CitiesOfLearning.OpenBadges.Jwt;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>The registered claims that stand beside a credential in a JWT say the same as the credential.</summary>
internal static class JwtClaims
{
    // https://www.w3.org/TR/vc-jose-cose/#securing-with-jose: this type promises a credential as payload. A media type, so its case is
    // nothing, and "application/" may stand before it (RFC 7515, 4.1.9).
    private static readonly string[] VcJwtTypes = ["vc+jwt", "application/vc+jwt"];

    /// <summary>
    /// https://www.imsglobal.org/spec/ob/v3p0/#jwt-proof-format: <c>iss</c>, <c>jti</c>, <c>nbf</c>, <c>sub</c>, and <c>exp</c> where the
    /// credential ends, say what the credential says. By JOSE (type <c>vc+jwt</c>) <c>nbf</c> and <c>exp</c> are the signature's own dates.
    /// </summary>
    /// <returns>The claim that says something else; null if all is well.</returns>
    public static string? Different(UnverifiedHeader header, JsonElement payload, BadgeCredential credential) =>
        !Is(payload, "iss", credential.Issuer) ? "iss"
        : !Is(payload, "jti", credential.Id) ? "jti"
        : !Is(payload, "sub", credential.Subject) ? "sub"
        : !(IsReadable(payload, "nbf") && (IsByJose(header) || Is(payload, "nbf", credential.ValidFrom))) ? "nbf"
        : !(IsReadable(payload, "exp")
            && (IsByJose(header) || credential.ValidUntil is not { } until || Is(payload, "exp", until))) ? "exp"
        : null;

    /// <summary>By JOSE each of them may be left out; by Open Badges none.</summary>
    /// <returns>A claim that is not there; null if all are that should be.</returns>
    public static string? Missing(UnverifiedHeader header, JsonElement payload, BadgeCredential credential) =>
        IsByJose(header) ? null
        : VcJwt.Claims.FirstOrDefault(claim => payload.Member(claim) is null && claim switch
        {
            "sub" => credential.Subject is not null,
            "exp" => credential.ValidUntil is not null,
            _ => true,
        });

    private static bool IsByJose(UnverifiedHeader header) => VcJwtTypes.Contains(header.Type, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The credential within the token's own dates (https://www.imsglobal.org/spec/ob/v3p0/#verify-a-credential-vc-jwt-signature:
    /// <c>exp</c> sets the end of a credential that has none).
    /// </summary>
    public static BadgeCredential Dated(JsonElement payload, BadgeCredential credential) => credential with
    {
        ValidFrom = Moment(payload, "nbf") is { } from && from > credential.ValidFrom ? from : credential.ValidFrom,
        ValidUntil = Moment(payload, "exp") is { } until && !(credential.ValidUntil <= until) ? until : credential.ValidUntil,
    };

    /// <summary>RFC 7519, 4.1.1: whether the token is this issuer's. Where there is no token, nothing speaks against it.</summary>
    public static bool AreIssuers(JsonElement payload, string issuer) => Is(payload, "iss", issuer);

    /// <summary>Whether the token's own dates can be read, where it has any.</summary>
    public static bool AreDated(JsonElement payload) => IsReadable(payload, "nbf") && IsReadable(payload, "exp");

    /// <summary>A NumericDate (RFC 7519, 2); null if it is none, or not there.</summary>
    public static DateTimeOffset? Moment(JsonElement payload, string name) =>
        Seconds(payload, name) is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static bool Is(JsonElement payload, string name, string? value) =>
        payload.Member(name) is not { } claim || (value is not null && claim.ValueKind == JsonValueKind.String && claim.ValueEquals(value));

    private static bool Is(JsonElement payload, string name, DateTimeOffset moment) =>
        payload.Member(name) is null || Seconds(payload, name) == moment.ToUnixTimeSeconds();

    private static bool IsReadable(JsonElement payload, string name) => payload.Member(name) is null || Seconds(payload, name) is not null;

    // Up to the year 9999.
    private static long? Seconds(JsonElement payload, string name) =>
        payload.Member(name) is { ValueKind: JsonValueKind.Number } number
        && number.TryGetInt64(out var seconds)
        && seconds is >= 0 and < 253_402_300_800 ? seconds : null;
}
