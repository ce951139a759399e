using System.Text;
using System.Xml;

namespace CitiesOfLearning.OpenBadges.Images;

/// <summary>Walks an SVG element by element within the limits, and turns what is wrong with the file into a value.</summary>
internal static class SvgReading
{
    public const string Namespace = "http://www.w3.org/2000/svg";

    private static readonly ImageProblem Doctype = new(
        ImageProblems.Doctype,
        "The SVG has a DOCTYPE with declarations, which can hide harmful content. " + SvgAdvice.Illustrator);

    /// <param name="file">What somebody sent.</param>
    /// <param name="mayDeclare">
    /// Whether a DOCTYPE may have declarations. Drawing programs write them, and browsers apply them: harmless where the picture is only
    /// read, not where it is shown to others.
    /// </param>
    /// <param name="visit">Called at every node; may read the reader's attributes, and must not advance it.</param>
    /// <returns>Null when the whole file was read.</returns>
    public static ImageProblem? Walk(ReadOnlyMemory<byte> file, bool mayDeclare, Action<XmlReader> visit)
    {
        if (file.Length > ImageLimits.SvgBytes)
        {
            return new(ImageProblems.TooLarge, $"The SVG is larger than {ImageLimits.SvgBytes / 1024 / 1024} MiB.");
        }

        try
        {
            using var reader = SafeXml.Read(file);
            return Walk(reader, mayDeclare, visit);
        }
        catch (XmlException) when (Declares(file.Span))
        {
            return Doctype;
        }
        catch (Exception e) when (e is XmlException or ArgumentException or NotSupportedException or DecoderFallbackException)
        {
            return new(ImageProblems.NotWellFormed, "The SVG is not well-formed XML.");
        }
    }

    private static ImageProblem? Walk(XmlReader reader, bool mayDeclare, Action<XmlReader> visit)
    {
        var elements = 0;
        while (reader.Read())
        {
            // Programs name the DTD of SVG 1.1, which nobody fetches; what is declared in the file itself, browsers apply.
            if (!mayDeclare && reader.NodeType == XmlNodeType.DocumentType && reader.Value.Length > 0)
            {
                return Doctype;
            }

            if (reader.NodeType == XmlNodeType.Element)
            {
                if (elements == 0 && reader is not { LocalName: "svg", NamespaceURI: Namespace })
                {
                    return new(ImageProblems.UnknownKind, "The file is not an SVG picture.");
                }

                if (++elements > ImageLimits.SvgElements)
                {
                    return new(ImageProblems.TooManyParts, $"The SVG has more than {ImageLimits.SvgElements} elements.");
                }

                if (reader.Depth >= ImageLimits.SvgDepth)
                {
                    return new(ImageProblems.TooDeep, $"The SVG is nested more than {ImageLimits.SvgDepth} levels deep.");
                }
            }

            visit(reader);
        }

        return null;
    }

    private static bool Declares(ReadOnlySpan<byte> file) =>
        file.IndexOf("<!ENTITY"u8) >= 0 || file.IndexOf("<\0!\0E\0N\0T\0I\0T\0Y"u8) >= 0;
}
