using System.Text.Json;
using CitiesOfLearning.JsonLd;
using CitiesOfLearning.JsonLd.Canonicalization;
using CitiesOfLearning.OpenBadges.Contexts;
using CitiesOfLearning.OpenBadges.Json;

namespace CitiesOfLearning.OpenBadges.Proofs;

/// <summary>
/// Documents as statements: JSON-LD in safe mode, so that what a signature would not cover is an error, and under pinned contexts, so that
/// words keep their meaning.
/// </summary>
internal static class CredentialRdf
{
    /// <summary>For documents that are made here.</summary>
    public static JsonLdProcessor Newest { get; } = new(PublishedContexts.Newest);

    /// <summary>For documents of others: ten times what a badge with everything in it needs.</summary>
    public static JsonLdLimits Limits { get; } = new(Nodes: 5_000, ContextWork: 50_000, Text: 4_000_000);

    public static CanonicalDataset Canonicalize(
        JsonLdProcessor processor, JsonElement document, RdfHash hash, Func<string, string>? relabel = null) =>
        Rdfc10.Canonicalize(processor.ToRdf(document), hash, relabel);

    /// <summary>The addresses among the contexts of a document and of the credentials within it.</summary>
    public static IEnumerable<string> Contexts(JsonElement document) => document.ValueKind switch
    {
        JsonValueKind.Array => document.EnumerateArray().SelectMany(Contexts),
        JsonValueKind.Object => document.EnumerateObject().SelectMany(
            m => m.NameEquals("@context"u8)
                ? document.Values("@context").Where(c => c.ValueKind == JsonValueKind.String).Select(c => c.GetString()!)
                : Contexts(m.Value)),
        _ => [],
    };
}
