using System.Text;
using System.Text.Unicode;
using System.Xml;
using CitiesOfLearning.OpenBadges.Images;

namespace CitiesOfLearning.OpenBadges.Baking;

/// <summary>
/// Bakes a credential into an SVG: a namespace on the root, and the credential as the root's first child. Every other byte of the art
/// stays as it is. Open Badges 3.0, Baked Badge: https://www.imsglobal.org/spec/ob/v3p0/#svg-baking
/// </summary>
internal static class SvgBaker
{
    private static ReadOnlySpan<byte> Declaration => " xmlns:openbadges=\"https://purl.imsglobal.org/ob/v3p0\""u8;

    /// <param name="svg">Art, which <see cref="SvgCheck"/> passed. A credential that this method baked in is replaced.</param>
    /// <param name="credentialUtf8">A JWS, which goes into <c>verify</c>; or JSON, which goes into CDATA.</param>
    /// <exception cref="ArgumentException">
    /// The art is not UTF-8 SVG or carries a credential of somebody else; or the credential is empty, or no XML text.
    /// </exception>
    public static byte[] Bake(ReadOnlyMemory<byte> svg, ReadOnlySpan<byte> credentialUtf8)
    {
        var art = SvgReader.Extract(svg, mayDeclare: false) switch
        {
            ExtractionResult.NotBaked => svg,
            ExtractionResult.Found found => found.Picture.ToArray(),
            ExtractionResult.Refused refused => throw new ArgumentException(refused.Problem.Reason, nameof(svg)),
            _ => throw new ArgumentException("Unknown image.", nameof(svg)),
        };
        if (!Utf8.IsValid(art.Span) || SvgRoot.Place(art.Span) is not { } root)
        {
            throw new ArgumentException("The art is not UTF-8 SVG with content and without a credential.", nameof(svg));
        }

        var element = Encoding.UTF8.GetBytes(Element(Encoding.UTF8.GetString(credentialUtf8)));
        return [.. art.Span[..root.TagEnd], .. Declaration, (byte)'>', .. element, .. art.Span[(root.TagEnd + 1)..]];
    }

    /// <summary>
    /// The art that <see cref="Bake"/> started from. Only what Bake would have written is taken out, to the byte: a shape hidden between
    /// must change the digest. So a file that was baked elsewhere is left whole; it is not our picture.
    /// </summary>
    internal static UnbakedPicture Unbake(ReadOnlyMemory<byte> baked, string credential)
    {
        var svg = baked.Span;
        if (SvgRoot.Find(svg) is not { } root || !svg[..root.TagEnd].EndsWith(Declaration))
        {
            return new(baked);
        }

        var element = Encoding.UTF8.GetBytes(Element(credential));
        return svg[(root.TagEnd + 1)..].StartsWith(element)
            ? new(baked[..(root.TagEnd - Declaration.Length)], baked.Slice(root.TagEnd, 1), baked[(root.TagEnd + 1 + element.Length)..])
            : new(baked);
    }

    private static string Element(string credential)
    {
        if (credential.Length is 0 or > ImageLimits.TextBytes || credential != credential.Trim())
        {
            throw new ArgumentException("A credential must have characters, not too many, and no blanks around them.", nameof(credential));
        }

        XmlConvert.VerifyXmlChars(credential);

        // An XML parser turns CR into LF, and attributes keep no line breaks at all: JSON means the same with LF, a JWS has neither.
        var cdata = credential.Replace("]]>", "]]]]><![CDATA[>", StringComparison.Ordinal);
        return credential.StartsWith('{')
            ? $"<openbadges:credential><![CDATA[{cdata}]]></openbadges:credential>"
            : $"<openbadges:credential verify=\"{Escape(credential)}\"/>";
    }

    private static string Escape(string value) => value
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal)
        .Replace("\t", "&#9;", StringComparison.Ordinal)
        .Replace("\n", "&#10;", StringComparison.Ordinal)
        .Replace("\r", "&#13;", StringComparison.Ordinal);
}
