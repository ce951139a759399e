using System.Buffers;
using System.Text;

namespace CitiesOfLearning.JsonLd.Rdf;

/// <summary>
/// Which characters a label may have (https://www.w3.org/TR/n-quads/#sec-grammar, [157s] to [160s]) and a scheme (RFC 3986, 3.1).
/// </summary>
internal static class NQuadsCharacters
{
    public static readonly SearchValues<char> InScheme =
        SearchValues.Create("+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>PN_CHARS_U | [0-9]</summary>
    public static bool StartsLabel(Rune rune) =>
        rune.IsAscii ? char.IsAsciiLetterOrDigit((char)rune.Value) || rune.Value is '_' or ':' : IsBase(rune.Value);

    /// <summary>[160s] PN_CHARS ::= PN_CHARS_U | '-' | [0-9] | #x00B7 | [#x0300-#x036F] | [#x203F-#x2040]</summary>
    public static bool IsInLabel(Rune rune) =>
        StartsLabel(rune) || rune.Value is '-' or 0xB7 or (>= 0x300 and <= 0x36F) or 0x203F or 0x2040;

    /// <summary>[157s] PN_CHARS_BASE beyond ASCII.</summary>
    private static bool IsBase(int value) => value is
        (>= 0xC0 and <= 0xD6) or (>= 0xD8 and <= 0xF6) or (>= 0xF8 and <= 0x2FF) or (>= 0x370 and <= 0x37D) or (>= 0x37F and <= 0x1FFF)
        or 0x200C or 0x200D or (>= 0x2070 and <= 0x218F) or (>= 0x2C00 and <= 0x2FEF) or (>= 0x3001 and <= 0xD7FF)
        or (>= 0xF900 and <= 0xFDCF) or (>= 0xFDF0 and <= 0xFFFD) or (>= 0x10000 and <= 0xEFFFF);
}
