using System.Text.Json;

namespace CitiesOfLearning.Hub.Credentials.Proofs;

/// <summary>
/// Whether a document says each thing by the word that readers look for. In JSON-LD the same statement has many spellings, and a signature
/// over statements holds for all of them: under an inline context that renames <c>credentialStatus</c>, or with that property spelt out as
/// an address, a revoked badge would still be authentic, and whoever reads its JSON would see no status. So a credential must be in
/// compacted form (https://www.w3.org/TR/vc-data-model-2.0/#json-ld), under contexts by their addresses only
/// (https://www.w3.org/TR/vc-data-integrity/#context-injection).
/// </summary>
internal static class CompactedForm
{
    public static bool Is(JsonElement document) =>
        document.ValueKind == JsonValueKind.Object && document.EnumerateObject().All(m =>
            m.NameEquals("@context"u8) ? IsAddresses(m.Value)
            : m.NameEquals("proof"u8) ? IsProof(m.Value)
            : IsTerm(m.Name) && IsCompacted(m.Value));

    private static bool IsAddresses(JsonElement context) =>
        context.ValueKind == JsonValueKind.String
        || (context.ValueKind == JsonValueKind.Array && context.EnumerateArray().All(c => c.ValueKind == JsonValueKind.String));

    /// <summary>A proof may repeat the document's contexts (https://www.w3.org/TR/vc-di-ecdsa/#create-proof-ecdsa-jcs-2019, step 7).</summary>
    private static bool IsProof(JsonElement proof) => proof.ValueKind switch
    {
        JsonValueKind.Array => proof.EnumerateArray().All(IsProof),
        JsonValueKind.Object => proof.EnumerateObject().All(m => m.NameEquals("@context"u8) ? IsAddresses(m.Value) : IsTerm(m.Name) && IsCompacted(m.Value)),
        _ => false,
    };

    private static bool IsCompacted(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().All(IsCompacted),
        JsonValueKind.Object when value.TryGetProperty("@value", out _) =>
            value.EnumerateObject().All(m => m.Name is "@value" or "@type" or "@language" or "@direction"),
        JsonValueKind.Object => value.EnumerateObject().All(m => IsTerm(m.Name) && IsCompacted(m.Value)),
        _ => true,
    };

    /// <summary>No keyword, no address and no compact one.</summary>
    private static bool IsTerm(string name) => name is not ['@', ..] && !name.Contains(':', StringComparison.Ordinal);
}
