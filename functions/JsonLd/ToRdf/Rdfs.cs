using CitiesOfLearning.JsonLd.Rdf;

namespace CitiesOfLearning.JsonLd.ToRdf;

/// <summary>The vocabulary http://www.w3.org/1999/02/22-rdf-syntax-ns#.</summary>
internal static class Rdfs
{
    private const string Namespace = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

    public const string Json = Namespace + "JSON";

    public static readonly Iri Type = new(Namespace + "type");
    public static readonly Iri First = new(Namespace + "first");
    public static readonly Iri Rest = new(Namespace + "rest");
    public static readonly Iri Nil = new(Namespace + "nil");
    public static readonly Iri Value = new(Namespace + "value");
    public static readonly Iri Direction = new(Namespace + "direction");
    public static readonly Iri Language = new(Namespace + "language");
}
