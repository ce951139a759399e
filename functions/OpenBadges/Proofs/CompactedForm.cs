using System.Collections.Frozen;
using System.Text.Json;
using CitiesOfLearning.OpenBadges.Json;

namespace CitiesOfLearning.OpenBadges.Proofs;

/// <summary>
/// Whether a document says each thing by the word that readers look for. In JSON-LD the same statement has many spellings, and a signature
/// over statements holds for all of them: under an inline context that renames <c>credentialStatus</c>, or with that property spelt out as
/// an address, a revoked badge would still be authentic, and whoever reads its JSON would see no status. So a credential must be in
/// compacted form (https://www.w3.org/TR/vc-data-model-2.0/#json-ld), under contexts by their addresses only
/// (https://www.w3.org/TR/vc-data-integrity/#context-injection). A credential within, such as an endorsement, has contexts of its own
/// (https://www.imsglobal.org/spec/ob/v3p0/#endorsementcredential); nothing else has. Nor have statements a place: what limits the
/// credential must not stand further down, where its id comes up again.
/// </summary>
internal static class CompactedForm
{
    /// <summary>
    /// Classes that a published context gives the address of a property: <c>Criteria</c> makes the statement that <c>criteria</c> makes,
    /// and no reader looks for it. A test compares this with the contexts.
    /// </summary>
    internal static readonly FrozenSet<string> ClassesLikeProperties = FrozenSet.Create(
        StringComparer.Ordinal,
        "Achievement", "Address", "Criteria", "GeoCoordinates", "HostedBadge", "Image", "License", "Profile", "Result",
        "RubricCriterionLevel", "SignedBadge");

    private static readonly string[] Limits = ["validFrom", "validUntil", "issuanceDate", "expirationDate", "credentialStatus"];

    public static bool Is(JsonElement document) =>
        document.ValueKind == JsonValueKind.Object && IdOf(document) is var id && document.EnumerateObject().All(m =>
            m.NameEquals("@context"u8) ? IsAddresses(m.Value)
            : m.NameEquals("proof"u8) ? IsProof(m.Value, id)
            : IsTerm(m.Name) && IsCompacted(m.Value, id));

    private static bool IsAddresses(JsonElement context) =>
        context.ValueKind == JsonValueKind.String
        || (context.ValueKind == JsonValueKind.Array && context.EnumerateArray().All(c => c.ValueKind == JsonValueKind.String));

    /// <summary>
    /// A proof may repeat the document's contexts (https://www.w3.org/TR/vc-di-ecdsa/#create-proof-ecdsa-jcs-2019, step 7).
    /// </summary>
    private static bool IsProof(JsonElement proof, string? id) => proof.ValueKind switch
    {
        JsonValueKind.Array => proof.EnumerateArray().All(p => IsProof(p, id)),
        JsonValueKind.Object => proof.EnumerateObject().All(
            m => m.NameEquals("@context"u8) ? IsAddresses(m.Value) : IsTerm(m.Name) && IsCompacted(m.Value, id)),
        _ => false,
    };

    private static bool IsCompacted(JsonElement value, string? id) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().All(v => IsCompacted(v, id)),
        JsonValueKind.Object when value.TryGetProperty("@value", out _) =>
            value.EnumerateObject().All(m => m.Name is "@value" or "@type" or "@language" or "@direction"),
        JsonValueKind.Object => value.EnumerateObject().All(
                m => m.NameEquals("@context"u8) ? value.Has("type", "VerifiableCredential") && IsAddresses(m.Value)
                    : IsTerm(m.Name) && IsCompacted(m.Value, id))
            && !LimitsAgain(value, id),
        _ => true,
    };

    private static bool LimitsAgain(JsonElement value, string? id) =>
        id is not null && IdOf(value) == id && Array.Exists(Limits, name => value.TryGetProperty(name, out _));

    /// <summary>ODRL's context calls an id <c>uid</c>; no other has a second word for it.</summary>
    private static string? IdOf(JsonElement value) =>
        (value.TryGetProperty("id", out var id) || value.TryGetProperty("uid", out id)) && id.ValueKind == JsonValueKind.String
            ? id.GetString()
            : null;

    /// <summary>No keyword, no address and no compact one, nor a class in a property's place.</summary>
    private static bool IsTerm(string name) =>
        name is not ['@', ..] && !name.Contains(':', StringComparison.Ordinal) && !ClassesLikeProperties.Contains(name);
}
