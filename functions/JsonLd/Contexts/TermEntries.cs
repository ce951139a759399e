using System.Text.Json;

namespace CitiesOfLearning.JsonLd.Contexts;

/// <summary>
/// The entries of an expanded term definition, each read as https://www.w3.org/TR/json-ld11-api/#create-term-definition says.
/// </summary>
internal sealed class TermEntries
{
    private readonly JsonElement _definition;
    private readonly JsonPath _path;

    public TermEntries(JsonElement definition, JsonPath path)
    {
        (_definition, _path) = (definition, path);
        foreach (var entry in definition.EnumerateObject())
        {
            // 26.
            if (entry.Name is not (Keywords.Id or Keywords.Reverse or Keywords.Container or Keywords.Context or Keywords.Direction
                or Keywords.Index or Keywords.Language or Keywords.Nest or Keywords.Prefix or Keywords.Protected or Keywords.Type))
            {
                throw path.Error(JsonLdErrors.InvalidTermDefinition, entry.Name);
            }
        }
    }

    public JsonElement this[string key] => _definition.GetProperty(key);

    public bool Has(string key) => _definition.TryGetProperty(key, out _);

    public bool IsNull(string key) => _definition.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Null;

    public bool TryString(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? text)
    {
        text = _definition.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return text is not null;
    }

    // 11.
    public bool? Protected => Has(Keywords.Protected)
        ? ContextProcessor.Boolean(this[Keywords.Protected]) ?? throw _path.Error(JsonLdErrors.InvalidProtectedValue)
        : null;

    public JsonElement Context => _definition.TryGetProperty(Keywords.Context, out var context) ? context : default;

    // 22. and 23.: a type says already how the value is to be read.
    public bool HasLanguage => Has(Keywords.Language) && !Has(Keywords.Type);

    public string? Language => !HasLanguage || IsNull(Keywords.Language) ? null
        : TryString(Keywords.Language, out var language) ? LanguageTag.Normalize(language)
        : throw _path.Error(JsonLdErrors.InvalidLanguageMapping);

    public bool HasDirection => Has(Keywords.Direction) && !Has(Keywords.Type);

    // 24.
    public string? Nest => !Has(Keywords.Nest) ? null
        : TryString(Keywords.Nest, out var nest) && (!Keywords.Is(nest) || nest == Keywords.Nest) ? nest
        : throw _path.Error(JsonLdErrors.InvalidNestValue);

    // 25.
    public bool Prefix(string term, string? iri)
    {
        if (!Has(Keywords.Prefix))
        {
            return false;
        }

        if (term.AsSpan().ContainsAny(':', '/'))
        {
            throw _path.Error(JsonLdErrors.InvalidTermDefinition, "a compact IRI cannot be a prefix");
        }

        var prefix = ContextProcessor.Boolean(this[Keywords.Prefix]) ?? throw _path.Error(JsonLdErrors.InvalidPrefixValue);
        return prefix && iri is not null && Keywords.Is(iri)
            ? throw _path.Error(JsonLdErrors.InvalidTermDefinition, "a keyword cannot be a prefix")
            : prefix;
    }

    // 13.5
    public Containers ReverseContainer => !Has(Keywords.Container) || IsNull(Keywords.Container) ? Containers.None
        : TryString(Keywords.Container, out var container) && container is Keywords.Set or Keywords.Index ? Flag(this[Keywords.Container])
        : throw _path.Error(JsonLdErrors.InvalidReverseProperty);

    // 19.
    public Containers Container
    {
        get
        {
            if (!Has(Keywords.Container))
            {
                return Containers.None;
            }

            var value = this[Keywords.Container];
            var count = 1;
            var flags = Containers.None;
            if (value.ValueKind == JsonValueKind.Array)
            {
                count = value.GetArrayLength();
                foreach (var item in value.EnumerateArray())
                {
                    flags |= Flag(item);
                }
            }
            else
            {
                flags = Flag(value);
            }

            // One of them; or @graph with @id or @index, and perhaps @set; or @set with any but @list.
            var rest = flags & ~Containers.Set;
            var allowed = System.Numerics.BitOperations.PopCount((uint)flags) == count
                && (count == 1
                    || rest is (Containers.Graph | Containers.Id) or (Containers.Graph | Containers.Index)
                    || (flags.HasFlag(Containers.Set) && count == 2 && rest != Containers.List));
            return allowed ? flags : throw _path.Error(JsonLdErrors.InvalidContainerMapping);
        }
    }

    private Containers Flag(JsonElement value) => (value.ValueKind == JsonValueKind.String ? value.GetString() : null) switch
    {
        Keywords.List => Containers.List,
        Keywords.Set => Containers.Set,
        Keywords.Index => Containers.Index,
        Keywords.Language => Containers.Language,
        Keywords.Id => Containers.Id,
        Keywords.Type => Containers.Type,
        Keywords.Graph => Containers.Graph,
        _ => throw _path.Error(JsonLdErrors.InvalidContainerMapping),
    };
}
