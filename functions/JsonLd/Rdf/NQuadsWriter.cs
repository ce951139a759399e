using System.Buffers;
using System.Text;

namespace CitiesOfLearning.JsonLd.Rdf;

/// <summary>
/// Canonical N-Quads: one space between terms, no other white space, only the escapes that must be
/// (https://www.w3.org/TR/rdf-canon/#canonical-quads).
/// </summary>
public static class NQuadsWriter
{
    /// <summary>
    /// The error code for what IRIREF and LANGTAG cannot hold (https://www.w3.org/TR/n-quads/#sec-grammar), and for half of a surrogate
    /// pair. Written all the same, one dataset could pass for another.
    /// </summary>
    public const string InvalidTerm = "invalid RDF term";

    private static readonly SearchValues<char> NotInIri =
        SearchValues.Create([.. Enumerable.Range(0, 0x21).Select(c => (char)c), '<', '>', '"', '{', '}', '|', '^', '`', '\\']);

    private static readonly SearchValues<char> InLanguage =
        SearchValues.Create("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<char> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (char)c), '"', '\\', '\u007f']);

    internal static string Write(RdfTerm term)
    {
        using var utf8 = new Utf8Buffer();
        Append(utf8, term);
        return Encoding.UTF8.GetString(utf8.Written);
    }

    /// <summary>A quad, with its final dot and line feed.</summary>
    /// <exception cref="JsonLdException"><see cref="InvalidTerm"/></exception>
    public static string Write(in Quad quad) => Encoding.UTF8.GetString(WriteUtf8([quad]));

    /// <summary>A document in UTF-8: the quads in their order, each on its line, with their own labels.</summary>
    /// <exception cref="JsonLdException"><see cref="InvalidTerm"/></exception>
    public static byte[] WriteUtf8(IReadOnlyList<Quad> quads)
    {
        using var utf8 = new Utf8Buffer();
        foreach (var quad in quads)
        {
            Append(utf8, quad.Subject);
            utf8.Append((byte)' ');
            Append(utf8, quad.Predicate);
            utf8.Append((byte)' ');
            Append(utf8, quad.Object);
            if (quad.Graph is not null)
            {
                utf8.Append((byte)' ');
                Append(utf8, quad.Graph);
            }

            utf8.Append(" .\n"u8);
        }

        return utf8.Written.ToArray();
    }

    internal static void Append(Utf8Buffer utf8, RdfTerm term)
    {
        switch (term)
        {
            case Iri:
                AppendIri(utf8, term.Value);
                break;
            case BlankNode:
                utf8.Append("_:"u8);
                AppendText(utf8, term.Value);
                break;
            case Literal literal:
                AppendLiteral(utf8, literal);
                break;
        }
    }

    private static void AppendIri(Utf8Buffer utf8, string iri)
    {
        if (iri.AsSpan().ContainsAny(NotInIri))
        {
            throw new JsonLdException(InvalidTerm, "", $"the IRI <{iri}> has a character that no IRI has");
        }

        utf8.Append((byte)'<');
        AppendText(utf8, iri);
        utf8.Append((byte)'>');
    }

    private static void AppendLiteral(Utf8Buffer utf8, Literal literal)
    {
        utf8.Append((byte)'"');
        AppendEscaped(utf8, literal.Value);
        utf8.Append((byte)'"');
        if (literal.Language is not null)
        {
            if (literal.Language.Length == 0 || literal.Language.AsSpan().ContainsAnyExcept(InLanguage))
            {
                throw new JsonLdException(InvalidTerm, "", $"\"{literal.Language}\" is no language tag");
            }

            utf8.Append((byte)'@');
            AppendText(utf8, literal.Language);
        }
        else if (literal.Datatype != Literal.XsdString)
        {
            utf8.Append("^^"u8);
            AppendIri(utf8, literal.Datatype);
        }
    }

    private static void AppendEscaped(Utf8Buffer utf8, ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOfAny(Escaped); at >= 0; at = text.IndexOfAny(Escaped))
        {
            AppendText(utf8, text[..at]);
            switch (text[at])
            {
                case '\b': utf8.Append("\\b"u8); break;
                case '\t': utf8.Append("\\t"u8); break;
                case '\n': utf8.Append("\\n"u8); break;
                case '\f': utf8.Append("\\f"u8); break;
                case '\r': utf8.Append("\\r"u8); break;
                case '"': utf8.Append("\\\""u8); break;
                case '\\': utf8.Append("\\\\"u8); break;
                case var control: utf8.Append([.. "\\u00"u8, UpperHex(control >> 4), UpperHex(control & 0xF)]); break;
            }

            text = text[(at + 1)..];
        }

        AppendText(utf8, text);
    }

    private static byte UpperHex(int digit) => "0123456789ABCDEF"u8[digit];

    private static void AppendText(Utf8Buffer utf8, ReadOnlySpan<char> text)
    {
        if (!utf8.TryAppend(text))
        {
            throw new JsonLdException(InvalidTerm, "", "half of a surrogate pair");
        }
    }
}
