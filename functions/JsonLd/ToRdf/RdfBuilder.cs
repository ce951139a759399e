using System.Text;
using System.Text.Json;
using CitiesOfLearning.JsonLd.Expansion;
using CitiesOfLearning.JsonLd.Jcs;
using CitiesOfLearning.JsonLd.Rdf;

namespace CitiesOfLearning.JsonLd.ToRdf;

/// <summary>
/// Node map generation (https://www.w3.org/TR/json-ld11-api/#node-map-generation) and deserialization to RDF
/// (https://www.w3.org/TR/json-ld11-api/#deserialize-json-ld-to-rdf-algorithm) in one walk over the expanded document: a dataset is a set,
/// so that nothing need be gathered by node first.
/// </summary>
internal sealed class RdfBuilder(JsonLdOptions options, JsonLdLimits limits, JsonElement document)
{
    private readonly List<Quad> _quads = [];
    private readonly BlankNodeLabels _labels = new();
    private Dictionary<(RdfTerm? Graph, RdfTerm Node), string>? _indexes;
    private readonly JsonElement _document = document;
    private JsonElement _at = document;
    private int _text;

    /// <summary>Told of each blank node that has no id in the document: the object that it came from, and its label.</summary>
    public Action<JsonElement, string>? OnUnnamed { get; init; }

    public List<Quad> Build(List<object> expanded)
    {
        AddAll(expanded, default);
        return _quads;
    }

    /// <param name="Skipped">The graph's name is no RDF term: what it says is dropped, what it holds inside may not be.</param>
    private readonly record struct Graph(RdfTerm? Name, bool Skipped);

    /// <returns>The term that stands for the node, or null if none can.</returns>
    private RdfTerm? AddNode(ExpandedObject node, Graph graph)
    {
        var outside = Enter(node);
        var subject = Subject(node);
        CheckIndex(node, subject, graph);
        foreach (var (key, value) in node.Entries)
        {
            switch (key)
            {
                case Keywords.Id or Keywords.Index:
                    break;
                case Keywords.Type:
                    foreach (var type in (List<object>)value)
                    {
                        Add(subject, Rdfs.Type, Resource((string)type), graph);
                    }

                    break;
                case Keywords.Graph:
                    AddAll((List<object>)value, new Graph(subject, subject is null));
                    break;
                case Keywords.Included:
                    AddAll((List<object>)value, graph);
                    break;
                case Keywords.Reverse:
                    AddReverse((ExpandedObject)value, subject, graph);
                    break;
                default:
                    AddProperty(subject, Predicate(key), value as List<object> ?? [], graph);
                    break;
            }
        }

        _at = outside;
        return subject;
    }

    private void AddAll(List<object> nodes, Graph graph)
    {
        foreach (var item in nodes)
        {
            var node = (ExpandedObject)item;
            if (node.IsNode)
            {
                AddNode(node, graph);
            }
            else
            {
                Enter(node);
                Drop("a value or list that belongs to nothing");
            }
        }
    }

    private void AddProperty(RdfTerm? subject, Iri? predicate, List<object> values, Graph graph)
    {
        foreach (var value in values)
        {
            Add(subject, predicate, Object((ExpandedObject)value, graph), graph);
        }
    }

    private void AddReverse(ExpandedObject reverse, RdfTerm? value, Graph graph)
    {
        foreach (var (key, subjects) in reverse.Entries)
        {
            var predicate = Predicate(key);
            foreach (var subject in (List<object>)subjects)
            {
                Add(AddNode((ExpandedObject)subject, graph), predicate, value, graph);
            }
        }
    }

    private void Add(RdfTerm? subject, Iri? predicate, RdfTerm? value, Graph graph)
    {
        if (subject is not null && predicate is not null && value is not null && !graph.Skipped)
        {
            _text += Length(subject) + Length(predicate) + Length(value) + Length(graph.Name);
            if (_text > limits.Text)
            {
                throw Error(JsonLdErrors.LimitExceeded, "the statements are too long");
            }

            _quads.Add(new Quad(subject, predicate, value, graph.Name));
        }
    }

    private static int Length(RdfTerm? term) =>
        (term?.Value.Length ?? 0) + (term is Literal literal ? literal.Datatype.Length + (literal.Language?.Length ?? 0) : 0);

    private RdfTerm? Subject(ExpandedObject node)
    {
        if (node.Id is { } id)
        {
            return Resource(id);
        }

        if (node.Has(Keywords.Id))
        {
            return null;
        }

        var blank = _labels.Next();
        OnUnnamed?.Invoke(node.Source, blank.Value);
        return blank;
    }

    private RdfTerm? Resource(string id)
    {
        if (IriReference.IsBlankNode(id))
        {
            return _labels.Of(id);
        }

        return IriReference.IsWellFormed(id) ? new Iri(id) : Drop($"{id} is no IRI");
    }

    private Iri? Predicate(string property)
    {
        if (IriReference.IsWellFormed(property))
        {
            return new Iri(property);
        }

        Drop($"{property} is no IRI, so no property of RDF");
        return null;
    }

    // https://www.w3.org/TR/json-ld11-api/#object-to-rdf-conversion
    private RdfTerm? Object(ExpandedObject item, Graph graph) =>
        item.IsValue ? Value(item, graph)
        : item.Find(Keywords.List) is List<object> list ? List(list, graph)
        : AddNode(item, graph);

    private RdfTerm? Value(ExpandedObject item, Graph graph)
    {
        var outside = Enter(item);
        var term = ValueTerm(item, graph);
        _at = outside;
        return term;
    }

    private RdfTerm? ValueTerm(ExpandedObject item, Graph graph)
    {
        var value = item.Find(Keywords.Value)!;
        var datatype = item.Find(Keywords.Type) as string;
        if (datatype == Keywords.Json)
        {
            return new Literal(CanonicalJson(value), Rdfs.Json);
        }

        if (datatype is not null && !IriReference.IsWellFormed(datatype))
        {
            return Drop($"{datatype} is no IRI");
        }

        if (value is JsonElement scalar)
        {
            if (scalar.ValueKind != JsonValueKind.Number)
            {
                return new Literal(scalar.ValueKind == JsonValueKind.True ? "true" : "false", datatype ?? NumberLiteral.XsdBoolean);
            }

            return NumberLiteral.Write(scalar, datatype) is { } number
                ? new Literal(number.Text, number.Datatype)
                : Drop("a number that no double holds");
        }

        var text = (string)value;
        var language = item.Find(Keywords.Language) as string;
        if (language is not null && !LanguageTag.IsWellFormed(language))
        {
            return Drop($"{language} is no language tag");
        }

        if (item.Find(Keywords.Direction) is string direction)
        {
            return Directed(text, language, direction, graph);
        }

        return language is null ? new Literal(text, datatype ?? Literal.XsdString) : new Literal(text, Literal.LangString, language);
    }

    private RdfTerm? Directed(string text, string? language, string direction, Graph graph)
    {
        switch (options.RdfDirection)
        {
            case RdfDirection.I18nDatatype:
                return new Literal(text, $"https://www.w3.org/ns/i18n#{language}_{direction}");
            case RdfDirection.CompoundLiteral:
                var literal = _labels.Next();
                Add(literal, Rdfs.Value, new Literal(text, Literal.XsdString), graph);
                Add(literal, Rdfs.Direction, new Literal(direction, Literal.XsdString), graph);
                if (language is not null)
                {
                    Add(literal, Rdfs.Language, new Literal(language, Literal.XsdString), graph);
                }

                return literal;
            default:
                Drop("a direction");
                return language is null ? new Literal(text, Literal.XsdString) : new Literal(text, Literal.LangString, language);
        }
    }

    // https://www.w3.org/TR/json-ld11-api/#list-to-rdf-conversion
    private RdfTerm List(List<object> items, Graph graph)
    {
        if (items.Count == 0)
        {
            return Rdfs.Nil;
        }

        var first = _labels.Next();
        RdfTerm cell = first;
        for (var i = 0; i < items.Count; i++)
        {
            Add(cell, Rdfs.First, Object((ExpandedObject)items[i], graph), graph);
            RdfTerm rest = i == items.Count - 1 ? Rdfs.Nil : _labels.Next();
            Add(cell, Rdfs.Rest, rest, graph);
            cell = rest;
        }

        return first;
    }

    private string CanonicalJson(object value)
    {
        try
        {
            if (value is JsonElement element)
            {
                return Encoding.UTF8.GetString(JsonCanonicalizer.Canonicalize(element));
            }

            using var text = JsonDocument.Parse($"\"{JsonEncodedText.Encode((string)value)}\"");
            return Encoding.UTF8.GetString(JsonCanonicalizer.Canonicalize(text.RootElement));
        }
        catch (JsonException e)
        {
            throw Error(JsonLdErrors.InvalidJsonLiteral, e.Message);
        }
    }

    // Node map generation, 6.8: one node cannot have two indexes.
    private void CheckIndex(ExpandedObject node, RdfTerm? subject, Graph graph)
    {
        if (node.Find(Keywords.Index) is string index && subject is not null
            && !(_indexes ??= []).TryAdd((graph.Name, subject), index) && _indexes[(graph.Name, subject)] != index)
        {
            throw Error(JsonLdErrors.ConflictingIndexes, subject.ToString());
        }
    }

    /// <returns>Where the builder was, to which it returns.</returns>
    private JsonElement Enter(ExpandedObject item)
    {
        var outside = _at;
        _at = item.Source.ValueKind == JsonValueKind.Undefined ? _at : item.Source;
        return outside;
    }

    private RdfTerm? Drop(string what) => options.Safe ? throw Error(JsonLdErrors.WouldBeDropped, what) : null;

    private JsonLdException Error(string code, string? detail) => JsonPath.To(_at, _document).Error(code, detail);
}
