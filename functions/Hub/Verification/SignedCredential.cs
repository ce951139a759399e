using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CitiesOfLearning.OpenBadges.Json;
using CitiesOfLearning.OpenBadges.Jwt;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>A credential and what it was secured with, before anybody has checked it.</summary>
/// <param name="Credential">What it says.</param>
/// <param name="Jwt">The token that it came in; null if it carries its proof within, or none.</param>
/// <param name="Payload">The token's whole payload.</param>
/// <param name="Conflict">A claim of the token that contradicts the credential, or null.</param>
internal sealed record SignedCredential(JsonElement Credential, UnverifiedJwt? Jwt, JsonElement Payload, string? Conflict)
{
    /// <summary>Null if it is no credential at all.</summary>
    public static SignedCredential? Of(CredentialFile given) => given switch
    {
        CredentialFile.Jwt jwt => Of(jwt.Token),
        CredentialFile.Json json => new SignedCredential(json.Credential, null, default, null),
        _ => null,
    };

    /// <summary>Null if the payload is no acceptable JSON object.</summary>
    public static SignedCredential? Of(UnverifiedJwt jwt)
    {
        // Never disposed of: what it is made of lives as long as the credential.
        if (CredentialJson.TryParse(jwt.Payload) is not { RootElement: { ValueKind: JsonValueKind.Object } payload })
        {
            return null;
        }

        return payload.Member("vc") switch
        {
            null => new SignedCredential(payload, jwt, payload, null),
            { ValueKind: JsonValueKind.Object } vc => Decoded(jwt, payload, vc),
            _ => null,
        };
    }

    // https://www.w3.org/TR/vc-data-model-1.1/#jwt-decoding: claims replace members of vc that may be left out; what is there twice must
    // agree.
    // Some put a credential of 2.0 there as well, which has other words for the dates.
    private static SignedCredential Decoded(UnverifiedJwt jwt, JsonElement payload, JsonElement vc)
    {
        var credential = JsonObject.Create(vc)!;
        var (from, until) = BadgeCredential.IsOfVersion2(vc) ? ("validFrom", "validUntil") : ("issuanceDate", "expirationDate");
        string? conflict = null;
        Put("jti", credential, "id", payload.Text("jti"));
        Put("nbf", credential, from, Moment("nbf"));
        Put("exp", credential, until, Moment("exp"));
        Put("sub", credential["credentialSubject"] as JsonObject, "id", payload.Text("sub"));
        if (credential["issuer"] is JsonObject issuer)
        {
            Put("iss", issuer, "id", payload.Text("iss"));
        }
        else
        {
            Put("iss", credential, "issuer", payload.Text("iss"));
        }

        return new SignedCredential(JsonSerializer.SerializeToElement(credential), jwt, payload, conflict);

        void Put(string claim, JsonObject? parent, string name, string? value)
        {
            if (payload.Member(claim) is null)
            {
                return;
            }

            if (value is null || parent is null || (parent.TryGetPropertyValue(name, out var there) && !Same(there, value)))
            {
                conflict ??= claim;
            }
            else if (!parent.ContainsKey(name))
            {
                parent[name] = value;
            }
        }

        string? Moment(string claim) => JwtClaims.Moment(payload, claim) is { } moment ? DateTimeStamp.Write(moment) : null;
    }

    // As text, or as the same second.
    private static bool Same(JsonNode? there, string value) =>
        there is JsonValue node && node.TryGetValue<string>(out var text)
        && (text == value
            || (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var one)
                && DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var other)
                && one.ToUnixTimeSeconds() == other.ToUnixTimeSeconds()));
}
