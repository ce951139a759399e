using System.Text;
using System.Text.Json;
using CitiesOfLearning.JsonLd.Jcs;
using CitiesOfLearning.JsonLd.Rdf;

namespace CitiesOfLearning.JsonLd.Tests;

/// <summary>Documents for tests, in JSON with ' for ".</summary>
internal static class Ld
{
    public const string Base = "http://base.example/dir/doc";

    public static JsonLdOptions Safe { get; } = new(Base);

    public static JsonLdOptions Unsafe { get; } = Safe with { Safe = false };

    public static ContextStore NoContexts { get; } = new(_ => null);

    /// <summary>A document with this context and these entries.</summary>
    public static string Document(string context, string entries) => $"{{'@context':{context},{entries}}}";

    /// <summary>The expanded form, in canonical JSON.</summary>
    public static string Expand(
        string document, JsonLdOptions? options = null, ContextStore? contexts = null, JsonLdLimits? limits = null) =>
        Encoding.UTF8.GetString(JsonCanonicalizer.Canonicalize(ExpandAsIs(document, options, contexts, limits)));

    /// <summary>The expanded form, which may be deeper than canonical JSON may, or hold numbers that no double does.</summary>
    public static byte[] ExpandAsIs(
        string document, JsonLdOptions? options = null, ContextStore? contexts = null, JsonLdLimits? limits = null)
    {
        using var input = Parse(document);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            new JsonLdProcessor(contexts ?? NoContexts, limits).Expand(input.RootElement, writer, options ?? Safe);
        }

        return buffer.ToArray();
    }

    /// <summary>The statements, in N-Quads, with ' for " and one space between them.</summary>
    public static string ToRdf(string document, JsonLdOptions? options = null, ContextStore? contexts = null, JsonLdLimits? limits = null)
    {
        using var input = Parse(document);
        var quads = new JsonLdProcessor(contexts ?? NoContexts, limits).ToRdf(input.RootElement, options ?? Safe);
        return Encoding.UTF8.GetString(NQuadsWriter.WriteUtf8(quads)).TrimEnd('\n').Replace('\n', ' ').Replace('"', '\'');
    }

    public static string Canonical(string json) =>
        Encoding.UTF8.GetString(JsonCanonicalizer.Canonicalize(Encoding.UTF8.GetBytes(json.Replace('\'', '"'))));

    public static JsonDocument Parse(string json) =>
        JsonDocument.Parse(json.Replace('\'', '"'), new JsonDocumentOptions { MaxDepth = int.MaxValue });

    public static ContextStore Contexts(Dictionary<string, string> texts) =>
        new(url => texts.TryGetValue(url, out var text) ? Encoding.UTF8.GetBytes(text.Replace('\'', '"')) : null);
}
