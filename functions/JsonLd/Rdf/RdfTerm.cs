namespace CitiesOfLearning.JsonLd.Rdf;

/// <summary>A node of an RDF dataset (https://www.w3.org/TR/rdf11-concepts/#section-triples). Equal when it says the same.</summary>
public abstract class RdfTerm : IEquatable<RdfTerm>
{
    private protected RdfTerm(string value) => Value = value;

    /// <summary>The IRI, the blank node's label without <c>_:</c>, or the literal's lexical form.</summary>
    public string Value { get; }

    public abstract bool Equals(RdfTerm? other);

    public sealed override bool Equals(object? obj) => obj is RdfTerm other && Equals(other);

    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>As N-Quads writes it.</summary>
    public sealed override string ToString() => NQuadsWriter.Write(this);
}

public sealed class Iri(string value) : RdfTerm(value)
{
    public override bool Equals(RdfTerm? other) => ReferenceEquals(this, other) || (other is Iri && other.Value == Value);
}

/// <param name="label">Without <c>_:</c>.</param>
public sealed class BlankNode(string label) : RdfTerm(label)
{
    public override bool Equals(RdfTerm? other) => ReferenceEquals(this, other) || (other is BlankNode && other.Value == Value);
}

/// <param name="datatype">Its datatype's IRI; <see cref="LangString"/> exactly where there is a language.</param>
/// <param name="language">A BCP 47 tag, or null.</param>
public sealed class Literal(string lexicalForm, string datatype, string? language = null) : RdfTerm(lexicalForm)
{
    public const string XsdString = "http://www.w3.org/2001/XMLSchema#string";
    public const string LangString = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString";

    public string Datatype { get; } = datatype;

    public string? Language { get; } = language;

    public override bool Equals(RdfTerm? other) =>
        ReferenceEquals(this, other)
            || (other is Literal literal && literal.Value == Value && literal.Datatype == Datatype && literal.Language == Language);

    public override int GetHashCode() => HashCode.Combine(Value, Datatype, Language);
}
