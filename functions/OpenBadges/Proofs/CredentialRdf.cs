using System.Text.Json;
using CitiesOfLearning.JsonLd;
using CitiesOfLearning.JsonLd.Canonicalization;
using CitiesOfLearning.OpenBadges.Contexts;

namespace CitiesOfLearning.OpenBadges.Proofs;

/// <summary>
/// Documents as statements: JSON-LD in safe mode, so that what a signature would not cover is an error, and under pinned contexts, so that
/// words keep their meaning.
/// </summary>
internal static class CredentialRdf
{
    /// <summary>For documents that are made here.</summary>
    public static JsonLdProcessor Newest { get; } = new(PublishedContexts.Newest);

    /// <summary>For documents of others: the contexts as they are now, then as they have been.</summary>
    public static IEnumerable<JsonLdProcessor> Editions(JsonElement document) =>
        PublishedContexts.Editions(Contexts(document)).Select(store => new JsonLdProcessor(store));

    public static CanonicalDataset Canonicalize(
        JsonLdProcessor processor, JsonElement document, RdfHash hash, Func<string, string>? relabel = null) =>
        Rdfc10.Canonicalize(processor.ToRdf(document), hash, relabel);

    /// <summary>
    /// The first edition under which the proof is good. An error under one is no verdict under another; it counts if there is no better.
    /// But what needs too much work under one is not tried again.
    /// </summary>
    public static bool UnderAnyEdition(JsonElement document, Func<JsonLdProcessor, bool> verifies)
    {
        JsonLdException? error = null;
        foreach (var processor in Editions(document))
        {
            try
            {
                if (verifies(processor))
                {
                    return true;
                }
            }
            catch (JsonLdException e) when (e.Code is not (JsonLdErrors.LimitExceeded or Rdfc10.WorkLimitExceeded))
            {
                error ??= e;
            }
        }

        return error is null ? false : throw error;
    }

    private static IEnumerable<string> Contexts(JsonElement document) =>
        !document.TryGetProperty("@context", out var context) ? []
        : (context.ValueKind == JsonValueKind.Array ? context.EnumerateArray().ToArray() : [context])
            .Where(c => c.ValueKind == JsonValueKind.String).Select(c => c.GetString()!);
}
