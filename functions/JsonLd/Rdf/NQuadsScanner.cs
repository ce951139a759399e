using System.Buffers;
using System.Globalization;
using System.Text;

namespace CitiesOfLearning.JsonLd.Rdf;

/// <summary>The terminals of N-Quads (https://www.w3.org/TR/n-quads/#sec-grammar, productions [141s] and 8 to 21).</summary>
internal ref struct NQuadsScanner(ReadOnlySpan<byte> utf8)
{
    private static readonly SearchValues<byte> EndOfPlainIri =
        SearchValues.Create([.. Enumerable.Range(0, 0x21).Select(c => (byte)c), .. "<>\"{}|^`\\"u8]);
    private static readonly SearchValues<byte> EndOfPlainString = SearchValues.Create("\"\\\n\r"u8);

    private readonly ReadOnlySpan<byte> _utf8 = utf8;
    private int _at;
    private int _line = 1;

    /// <summary>The next byte; 0 at the end, which no production accepts.</summary>
    public readonly byte Next => _at < _utf8.Length ? _utf8[_at] : (byte)0;

    /// <summary>Past empty lines and comments; false at the end.</summary>
    public bool MoveToStatement()
    {
        while (true)
        {
            SkipSpace();
            SkipComment();
            if (!SkipEndOfLine())
            {
                return _at < _utf8.Length;
            }
        }
    }

    /// <summary>Nothing but a comment may follow on a line.</summary>
    public void EndLine()
    {
        SkipSpace();
        SkipComment();
        if (!SkipEndOfLine() && _at < _utf8.Length)
        {
            throw Expected("the end of the line");
        }
    }

    public void SkipSpace()
    {
        while (Next is (byte)' ' or (byte)'\t')
        {
            _at++;
        }
    }

    public void Take(char expected)
    {
        if (Next != expected)
        {
            throw Expected($"'{expected}'");
        }

        _at++;
    }

    public RdfTerm IriOrBlankNode(string what) => Next == '_' ? BlankNode() : Iri(what);

    public Iri Iri(string what) => Next == '<' ? new Iri(IriRef()) : throw Expected(what);

    public Literal Literal()
    {
        var lexicalForm = StringLiteralQuote();
        switch (Next)
        {
            case (byte)'@':
                return new Literal(lexicalForm, Rdf.Literal.LangString, LangTag());
            case (byte)'^':
                Take('^');
                Take('^');
                return new Literal(lexicalForm, Next == '<' ? IriRef() : throw Expected("a datatype"));
            default:
                return new Literal(lexicalForm, Rdf.Literal.XsdString);
        }
    }

    /// <summary>[10] IRIREF ::= '&lt;' ([^#x00-#x20&lt;&gt;"{}|^`\] | UCHAR)* '&gt;', and absolute (section 2.2).</summary>
    private string IriRef()
    {
        Take('<');
        var iri = TextUntil((byte)'>', EndOfPlainIri, isIri: true);
        var scheme = iri.IndexOf(':', StringComparison.Ordinal);
        if (scheme <= 0 || !char.IsAsciiLetter(iri[0]) || iri.AsSpan(0, scheme).ContainsAnyExcept(NQuadsCharacters.InScheme))
        {
            throw new NQuadsException(_line, $"<{iri}> is not an absolute IRI.");
        }

        return iri;
    }

    /// <summary>[11] STRING_LITERAL_QUOTE ::= '"' ([^#x22#x5C#xA#xD] | ECHAR | UCHAR)* '"'</summary>
    private string StringLiteralQuote()
    {
        Take('"');
        return TextUntil((byte)'"', EndOfPlainString, isIri: false);
    }

    /// <summary>[144s] LANGTAG ::= '@' [a-zA-Z]+ ('-' [a-zA-Z0-9]+)*</summary>
    private string LangTag()
    {
        Take('@');
        var start = _at;
        for (var subtag = _at; ; subtag = ++_at)
        {
            while (char.IsAsciiLetter((char)Next) || (char.IsAsciiDigit((char)Next) && subtag > start))
            {
                _at++;
            }

            if (_at == subtag)
            {
                throw Expected("a language tag");
            }

            if (Next != '-')
            {
                return Encoding.ASCII.GetString(_utf8[start.._at]);
            }
        }
    }

    /// <summary>[141s] BLANK_NODE_LABEL ::= '_:' (PN_CHARS_U | [0-9]) ((PN_CHARS | '.')* PN_CHARS)?</summary>
    private BlankNode BlankNode()
    {
        Take('_');
        Take(':');
        var start = _at;
        var end = _at;
        while (Rune.DecodeFromUtf8(_utf8[_at..], out var rune, out var length) == OperationStatus.Done)
        {
            var isFirst = _at == start;
            if (isFirst ? !NQuadsCharacters.StartsLabel(rune) : rune.Value != '.' && !NQuadsCharacters.IsInLabel(rune))
            {
                break;
            }

            _at += length;
            end = rune.Value == '.' ? end : _at;
        }

        // A final dot is not the label's, but the statement's.
        _at = end;
        return end > start ? new BlankNode(Encoding.UTF8.GetString(_utf8[start..end])) : throw Expected("a blank node label");
    }

    private string TextUntil(byte quote, SearchValues<byte> endOfPlain, bool isIri)
    {
        var start = _at;
        StringBuilder? unescaped = null;
        while (true)
        {
            var plain = _utf8[_at..].IndexOfAny(endOfPlain);
            if (plain < 0)
            {
                _at = _utf8.Length;
                throw Expected($"'{(char)quote}'");
            }

            _at += plain;
            if (Next == quote)
            {
                var last = Decode(_utf8[start.._at]);
                _at++;
                return unescaped is null ? last : unescaped.Append(last).ToString();
            }

            if (Next != '\\')
            {
                throw Expected($"'{(char)quote}'");
            }

            unescaped = (unescaped ?? new StringBuilder()).Append(Decode(_utf8[start.._at])).Append(Escape(isIri));
            start = _at;
        }
    }

    /// <summary>[153s] ECHAR, which an IRI has not; [12] UCHAR.</summary>
    private string Escape(bool isIri)
    {
        _at++;
        var kind = (char)Next;
        _at++;
        return kind switch
        {
            'u' => UChar(4, isIri),
            'U' => UChar(8, isIri),
            _ when isIri => throw new NQuadsException(_line, "An IRI has no escape but \\u and \\U."),
            't' => "\t",
            'b' => "\b",
            'n' => "\n",
            'r' => "\r",
            'f' => "\f",
            '"' or '\'' or '\\' => kind.ToString(),
            _ => throw new NQuadsException(_line, "There is an unknown escape."),
        };
    }

    private string UChar(int digits, bool isIri)
    {
        if (_at + digits > _utf8.Length
            || !uint.TryParse(_utf8.Slice(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            || !Rune.TryCreate(value, out var rune)
            || (isIri && rune.IsAscii && EndOfPlainIri.Contains((byte)rune.Value)))
        {
            throw new NQuadsException(_line, "An escape names no character that may stand there.");
        }

        _at += digits;
        return rune.ToString();
    }

    private readonly string Decode(ReadOnlySpan<byte> text) =>
        System.Text.Unicode.Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : throw new NQuadsException(_line, "The text is not UTF-8.");

    private void SkipComment()
    {
        if (Next == '#')
        {
            var length = _utf8[_at..].IndexOfAny((byte)'\n', (byte)'\r');
            var end = length < 0 ? _utf8.Length : _at + length;
            Decode(_utf8[_at..end]);
            _at = end;
        }
    }

    /// <summary>[8] EOL ::= [#xD#xA]+</summary>
    private bool SkipEndOfLine()
    {
        var start = _at;
        while (Next is (byte)'\r' or (byte)'\n')
        {
            var isHalfOfPair = Next == '\r' && _at + 1 < _utf8.Length && _utf8[_at + 1] == '\n';
            _line += isHalfOfPair ? 0 : 1;
            _at++;
        }

        return _at > start;
    }

    private readonly NQuadsException Expected(string what) =>
        new(_line, $"There should be {what} {(_at < _utf8.Length ? $"at byte {_at} of the document" : "where the document ends")}.");
}
