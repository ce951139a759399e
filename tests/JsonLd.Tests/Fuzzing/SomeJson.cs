using CsCheck;

namespace CitiesOfLearning.JsonLd.Tests.Fuzzing;

/// <summary>JSON made of JSON-LD's words: mostly as they fit together, and here and there without sense. With ' for ".</summary>
internal static class SomeJson
{
    private static readonly Gen<string> Nonsense = Any(
        "null", "true", "5", "1e999", "'x'", "''", "'@id'", "'@type'", "'@list'", "'@foo'", "'@none'", "'e n'", "'../x'", "'urn:a b'",
        "'\\ud800'", "'urn:unknown'", "{}", "[]", "[[]]", "{'@value':null}", "{'@context':5}");

    private static readonly Gen<string> Iri = Any("'urn:a'", "'urn:b'", "'a:b'", "'_:n'", "'x'", "'http://a.example/#'");

    private static readonly Gen<string> Scalar = Any("true", "5", "1.1", "-0.0", "'x'", "''", "'urn:a'", "'a'", "'é\\n'");

    private static readonly Gen<string> TermIri = Any("'urn:a'", "'urn:b:'", "'urn:c#'", "'@id'", "'@type'", "'@nest'", "'a:x'");

    // Made once for each depth: each is part of many.
    private static readonly Dictionary<(string, int), Gen<string>> Made = [];

    public static Gen<string> Document { get; } =
        Gen.Select(Context(2), Node(4)).Select((context, node) =>
            $"{{'@context':[{{'a':'urn:a:','b':'urn:b','c':'urn:c'}},{context}],'@graph':[{node}]}}");

    /// <summary>A context for the store.</summary>
    public static Gen<string> RemoteContext { get; } =
        Gen.Frequency(
            (9, Context(1).Select(c => $"{{'@context':{c}}}")),
            (1, Any("{}", "[]", "no JSON", "{'@context':'urn:one'}", "{'@context':'urn:two'}")));

    private static Gen<string> Node(int depth) => Once("node", depth, () => Object(
        [
            ("a", Value(depth)), ("b", Value(depth)), ("c", Value(depth)), ("a:b", Value(depth)), ("urn:p", Value(depth)),
            ("urn:p", Value(depth)), ("@id", Iri), ("@type", Iri),
            ("@type", Array(Iri)), ("@index", Any("'i'")), ("@context", Context(1)), .. depth == 0 ? [] : new (string, Gen<string>)[]
            {
                ("@graph", Array(Node(depth - 1))), ("@included", Node(depth - 1)), ("@nest", Node(depth - 1)),
                ("@reverse", Object([("b", Node(depth - 1)), ("urn:q", Node(depth - 1))])),
            },
        ]));

    private static Gen<string> Value(int depth) => depth == 0 ? Scalar : Once("value", depth, () => Sensible(Gen.Frequency(
        (3, Scalar),
        (4, Node(depth - 1)),
        (1, Array(Gen.Frequency((1, Scalar), (1, Node(depth - 1))))),
        (1, Array(Scalar).Select(items => $"{{'@list':{items}}}")),
        (1, Array(Scalar).Select(items => $"{{'@set':{items}}}")),
        (1, Any(
            "{'@value':'x','@language':'en'}", "{'@value':5,'@type':'urn:dt'}", "{'@value':{'z':[1]},'@type':'@json'}",
            "{'@value':'x','@direction':'rtl'}")),
        (1, Gen.Select(
            Any("en", "urn:k", "@none", "k"), Gen.Frequency((1, Scalar), (1, Node(depth - 1))), (key, value) => $"{{'{key}':{value}}}")))));

    private static Gen<string> Context(int depth) => Once("context", depth, () => Sensible(Gen.Frequency(
        (1, Any("'urn:one'", "'urn:two'", "null", "['urn:one','urn:two']")),
        (4, Object(
            [
                ("a", Term(depth)), ("b", Term(depth)), ("b", Term(depth)), ("c", Term(depth)), ("urn:p", Term(depth)),
                ("urn:a", Term(depth)), ("@vocab", Any("'urn:v:'", "''", "null")),
                ("@base", Any("'urn:base:'", "'sub/'", "null")), ("@language", Any("'en'", "null")), ("@direction", Any("'rtl'", "null")),
                ("@import", Any("'urn:one'", "'urn:two'")),
                ("@propagate", Any("true", "false")), ("@protected", Any("true", "false")), ("@version", Any("1.1")),
            ])))));

    private static Gen<string> Term(int depth) => Once("term", depth, () => Sensible(Gen.Frequency(
        (2, TermIri),
        (1, Any("null")),
        (4, Object(
            [
                ("@id", TermIri), ("@id", TermIri), ("@type", Any("'@id'", "'@vocab'", "'@none'", "'@json'", "'urn:dt'")),
                ("@reverse", TermIri),
                ("@container", Any(
                    "'@list'", "'@set'", "'@index'", "'@language'", "'@id'", "'@type'", "'@graph'",
                    "['@graph','@id']", "['@set','@index']")),
                ("@language", Any("'cy'", "null")), ("@direction", Any("'ltr'", "null")), ("@prefix", Any("true")),
                ("@protected", Any("true")), ("@nest", Any("'@nest'", "'c'")),
                ("@index", Any("'urn:i'", "'b'")), .. depth == 0 ? [] : new (string, Gen<string>)[] { ("@context", Context(depth - 1)) },
            ])))));

    private static Gen<string> Once(string kind, int depth, Func<Gen<string>> make) =>
        Made.TryGetValue((kind, depth), out var made) ? made : Made[(kind, depth)] = make();

    private static Gen<string> Sensible(Gen<string> sense) => Gen.Frequency((40, sense), (1, Nonsense));

    /// <summary>One to three of these entries, each name once.</summary>
    private static Gen<string> Object((string Key, Gen<string> Value)[] entries) =>
        Gen.Int[0, entries.Length - 1].Array[1, 3].SelectMany(chosen =>
            chosen.Select(i => entries[i]).DistinctBy(e => e.Key).Aggregate(
                Gen.Const(""), (before, entry) => Gen.Select(before, entry.Value).Select((text, value) => $"{text},'{entry.Key}':{value}")))
            .Select(text => $"{{{text[1..]}}}");

    private static Gen<string> Array(Gen<string> item) => item.Array[0, 3].Select(items => $"[{string.Join(',', items)}]");

    private static Gen<string> Any(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);
}
