using System.Buffers;
using System.Text.Json;
using CitiesOfLearning.JsonLd.Contexts;
using CitiesOfLearning.JsonLd.Expansion;
using CitiesOfLearning.JsonLd.Rdf;
using CitiesOfLearning.JsonLd.ToRdf;

namespace CitiesOfLearning.JsonLd;

/// <summary>
/// JSON-LD 1.1 (https://www.w3.org/TR/json-ld11-api/): expansion and deserialization to RDF. Give it JSON in which no name stands twice.
/// Safe for any number of threads.
/// </summary>
/// <param name="contexts">All the contexts that documents may refer to.</param>
/// <param name="limits">How much a document may ask for; null for the defaults of <see cref="JsonLdLimits"/>.</param>
/// <param name="budget">What a request may ask for with all its documents; null for no bound but the limits.</param>
public sealed class JsonLdProcessor(ContextStore contexts, JsonLdLimits? limits = null, WorkBudget? budget = null)
{
    private readonly JsonLdLimits _limits = limits ?? new JsonLdLimits();

    /// <summary>
    /// The statements of the document (https://www.w3.org/TR/json-ld11-api/#deserialize-json-ld-to-rdf-algorithm). One may come twice; a
    /// dataset is a set.
    /// </summary>
    /// <param name="document">An object, or an array of objects, in which no name stands twice.</param>
    /// <param name="options">Null for the defaults of <see cref="JsonLdOptions"/>.</param>
    /// <exception cref="JsonLdException">
    /// The document breaks a rule, asks for too much, or (in safe mode) says what RDF would not.
    /// </exception>
    public IReadOnlyList<Quad> ToRdf(JsonElement document, JsonLdOptions? options = null) =>
        ToRdf(document, options ?? new JsonLdOptions(), null);

    /// <summary>Writes the expanded document, a JSON array (https://www.w3.org/TR/json-ld11-api/#expansion-algorithm).</summary>
    /// <param name="document">An object, or an array of objects, in which no name stands twice.</param>
    /// <param name="writer">Nothing is written where there is an error.</param>
    /// <param name="options">Null for the defaults of <see cref="JsonLdOptions"/>.</param>
    /// <exception cref="JsonLdException">As <see cref="ToRdf(JsonElement, JsonLdOptions?)"/>.</exception>
    public void Expand(JsonElement document, Utf8JsonWriter writer, JsonLdOptions? options = null)
    {
        var path = new JsonPath();
        var expanded = Expand(document, options ?? new JsonLdOptions(), path);
        var whole = new ArrayBufferWriter<byte>();
        try
        {
            using var first = new Utf8JsonWriter(whole, writer.Options);
            ExpandedWriter.Write(first, expanded);
        }
        catch (InvalidOperationException e)
        {
            // A JSON literal, which nothing has read until now, with half of a surrogate pair in it.
            throw path.Error(JsonLdErrors.LoadingDocumentFailed, e.Message);
        }

        writer.WriteRawValue(whole.WrittenSpan, skipInputValidation: true);
    }

    internal List<Quad> ToRdf(JsonElement document, JsonLdOptions options, Action<JsonElement, string>? onUnnamed) =>
        new RdfBuilder(options, _limits, document) { OnUnnamed = onUnnamed }.Build(Expand(document, options, new JsonPath()));

    private List<object> Expand(JsonElement document, JsonLdOptions options, JsonPath path)
    {
        try
        {
            var processor = new ContextProcessor(contexts, _limits, budget, path, options.Safe);
            var active = options.Base is null ? contexts.Initial(options.Safe) : ActiveContext.Initial(options.Base);
            if (!options.ExpandContext.IsEmpty)
            {
                using var given = JsonDocument.Parse(options.ExpandContext);
                var local = given.RootElement.Clone();
                var isWrapped = local.ValueKind == JsonValueKind.Object && local.TryGetProperty(Keywords.Context, out _);
                active = processor.Process(active, isWrapped ? local.GetProperty(Keywords.Context) : local, options.Base);
            }

            return new Expander(processor, _limits, budget, options.Base).ExpandDocument(active, document);
        }
        catch (InvalidOperationException e)
        {
            // A string that holds half of a surrogate pair.
            throw path.Error(JsonLdErrors.LoadingDocumentFailed, e.Message);
        }
    }
}
