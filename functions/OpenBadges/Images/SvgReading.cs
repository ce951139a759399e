using System.Text;
using System.Xml;

namespace CitiesOfLearning.OpenBadges.Images;

/// <summary>Walks an SVG element by element within the limits, and turns what is wrong with the file into a value.</summary>
internal static class SvgReading
{
    public const string Namespace = "http://www.w3.org/2000/svg";

    /// <param name="visit">Called at every node; may read the reader's attributes, and must not advance it.</param>
    /// <returns>Null when the whole file was read.</returns>
    public static ImageProblem? Walk(ReadOnlyMemory<byte> file, Action<XmlReader> visit)
    {
        if (file.Length > ImageLimits.SvgBytes)
        {
            return new(ImageProblems.TooLarge, $"The SVG is larger than {ImageLimits.SvgBytes / 1024 / 1024} MiB.");
        }

        try
        {
            using var reader = SafeXml.Read(file);
            return Walk(reader, visit);
        }
        catch (XmlException) when (MentionsDoctype(file.Span))
        {
            return new(ImageProblems.Doctype, "The SVG has a DOCTYPE, which can hide harmful content. Save it again without one.");
        }
        catch (Exception e) when (e is XmlException or ArgumentException or NotSupportedException or DecoderFallbackException)
        {
            return new(ImageProblems.NotWellFormed, "The SVG is not well-formed XML.");
        }
    }

    private static ImageProblem? Walk(XmlReader reader, Action<XmlReader> visit)
    {
        var elements = 0;
        while (reader.Read())
        {
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

    private static bool MentionsDoctype(ReadOnlySpan<byte> file) =>
        file.IndexOf("<!DOCTYPE"u8) >= 0 || file.IndexOf("D\0O\0C\0T\0Y\0P\0E"u8) >= 0;
}
