namespace CitiesOfLearning.JsonLd.Rdf;

/// <summary>
/// A node of an RDF dataset (https://www.w3.org/TR/rdf11-concepts/#section-triples): an <see cref="Iri"/>, a <see cref="BlankNode"/> or a
/// <see cref="Literal"/>. Equal when it says the same, character by character.
/// </summary>
public abstract class RdfTerm : IEquatable<RdfTerm>
{
    private protected RdfTerm(string value) => Value = value;

    /// <summary>The IRI, the blank node's label without <c>_:</c>, or the literal's lexical form.</summary>
    public string Value { get; }

    /// <summary>Of the same kind, with the same text, and for literals the same datatype and language tag.</summary>
    public abstract bool Equals(RdfTerm? other);

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => obj is RdfTerm other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>As canonical N-Quads writes it.</summary>
    /// <exception cref="JsonLdException"><see cref="NQuadsWriter.InvalidTerm"/></exception>
    public sealed override string ToString() => NQuadsWriter.Write(this);
}

/// <summary>An IRI (https://www.w3.org/TR/rdf11-concepts/#section-IRIs). What it is made of is not looked at until it is written.</summary>
/// <param name="value">Absolute, without angle brackets.</param>
public sealed class Iri(string value) : RdfTerm(value)
{
    /// <inheritdoc/>
    public override bool Equals(RdfTerm? other) => ReferenceEquals(this, other) || (other is Iri && other.Value == Value);
}

/// <summary>
/// A blank node (https://www.w3.org/TR/rdf11-concepts/#section-blank-nodes). Its label says which one it is within one dataset, and nothing
/// beyond.
/// </summary>
/// <param name="label">Without <c>_:</c>.</param>
public sealed class BlankNode(string label) : RdfTerm(label)
{
    /// <inheritdoc/>
    public override bool Equals(RdfTerm? other) => ReferenceEquals(this, other) || (other is BlankNode && other.Value == Value);
}

/// <summary>A literal (https://www.w3.org/TR/rdf11-concepts/#section-Graph-Literal).</summary>
/// <param name="lexicalForm">Its text, without quotation marks and escapes.</param>
/// <param name="datatype">Its datatype's IRI; <see cref="LangString"/> exactly where there is a language.</param>
/// <param name="language">A BCP 47 tag, or null.</param>
public sealed class Literal(string lexicalForm, string datatype, string? language = null) : RdfTerm(lexicalForm)
{
    /// <summary>The datatype of plain text, which N-Quads does not write.</summary>
    public const string XsdString = "http://www.w3.org/2001/XMLSchema#string";

    /// <summary>The datatype of text with a language tag, which N-Quads does not write.</summary>
    public const string LangString = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString";

    /// <summary>An IRI.</summary>
    public string Datatype { get; } = datatype;

    /// <summary>A BCP 47 tag in the case in which it was given, or null.</summary>
    public string? Language { get; } = language;

    /// <inheritdoc/>
    public override bool Equals(RdfTerm? other) =>
        ReferenceEquals(this, other)
            || (other is Literal literal && literal.Value == Value && literal.Datatype == Datatype && literal.Language == Language);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Value, Datatype, Language);
}
