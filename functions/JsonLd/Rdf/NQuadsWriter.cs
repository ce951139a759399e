using System.Text;

namespace CitiesOfLearning.JsonLd.Rdf;

/// <summary>
/// Canonical N-Quads: one space between terms, no other white space, only the escapes that must be
/// (https://www.w3.org/TR/rdf-canon/#canonical-quads).
/// </summary>
public static class NQuadsWriter
{
    public static string Write(RdfTerm term)
    {
        var text = new StringBuilder();
        Append(text, term);
        return text.ToString();
    }

    /// <summary>With its final dot and line feed.</summary>
    public static string Write(in Quad quad)
    {
        var text = new StringBuilder();
        Append(text, quad.Subject);
        Append(text.Append(' '), quad.Predicate);
        Append(text.Append(' '), quad.Object);
        if (quad.Graph is not null)
        {
            Append(text.Append(' '), quad.Graph);
        }

        return text.Append(" .\n").ToString();
    }

    private static void Append(StringBuilder text, RdfTerm term)
    {
        switch (term)
        {
            case Iri iri:
                text.Append('<').Append(iri.Value).Append('>');
                break;
            case BlankNode node:
                text.Append("_:").Append(node.Value);
                break;
            case Literal literal:
                AppendEscaped(text.Append('"'), literal.Value);
                text.Append('"');
                if (literal.Language is not null)
                {
                    text.Append('@').Append(literal.Language);
                }
                else if (literal.Datatype != Literal.XsdString)
                {
                    text.Append("^^<").Append(literal.Datatype).Append('>');
                }

                break;
        }
    }

    private static void AppendEscaped(StringBuilder text, string value)
    {
        foreach (var c in value)
        {
            _ = c switch
            {
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                < ' ' or '\u007f' => text.Append("\\u").Append(((int)c).ToString("X4", System.Globalization.CultureInfo.InvariantCulture)),
                _ => text.Append(c),
            };
        }
    }
}
