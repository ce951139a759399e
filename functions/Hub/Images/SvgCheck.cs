using System.Globalization;
using System.Text;
using System.Text.Unicode;
using System.Xml;

namespace CitiesOfLearning.Hub.Images;

/// <summary>
/// Whether an SVG may be a city's art and be served from the hub's own origin: UTF-8, and nothing that is not on the allow-list.
/// </summary>
public static class SvgCheck
{
    public static CheckedArt Check(ReadOnlyMemory<byte> svg)
    {
        if (!Utf8.IsValid(svg.Span) || svg.Span.Contains((byte)0))
        {
            return new(ImageKind.Svg, 0, 0, [new(ImageProblems.Encoding, "The SVG is not UTF-8; save it again as UTF-8.")]);
        }

        var visitor = new Visitor();
        var unreadable = SvgReading.Walk(svg, visitor.Visit);
        var problems = visitor.Finish(unreadable);
        return new(ImageKind.Svg, visitor.Width, visitor.Height, problems);
    }

    private sealed class Visitor
    {
        // Enough to repair a file by; a hostile one does not get a report as long as itself.
        private const int MaxProblems = 20;

        private readonly List<ImageProblem> _problems = [];
        private readonly SvgCopies _copies = new();
        private readonly StringBuilder _style = new();
        private int _styleDepth = -1;

        public int Width { get; private set; }

        public int Height { get; private set; }

        public IReadOnlyList<ImageProblem> Finish(ImageProblem? unreadable)
        {
            ImageProblem?[] more = [_copies.Problem(), unreadable];
            return [.. _problems, .. more.OfType<ImageProblem>()];
        }

        public void Visit(XmlReader reader)
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.XmlDeclaration when reader.GetAttribute("encoding") is { } encoding:
                    if (!encoding.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
                    {
                        Add(new(ImageProblems.Encoding, "The SVG says it is not UTF-8; save it again as UTF-8."));
                    }

                    break;
                case XmlNodeType.ProcessingInstruction:
                    Refuse(reader, $"an instruction <?{Short(reader.Name)}?>");
                    break;
                case XmlNodeType.Element:
                    VisitElement(reader);
                    break;
                case XmlNodeType.EndElement:
                    _copies.Leave();
                    LeaveStyle(reader);
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA when _styleDepth >= 0:
                    _style.Append(reader.Value);
                    break;
                default:
                    break;
            }
        }

        private void VisitElement(XmlReader reader)
        {
            var (element, empty, depth) = (reader.Name, reader.IsEmptyElement, reader.Depth);
            if (!SvgAllowList.Element(reader.NamespaceURI, reader.LocalName))
            {
                Refuse(reader, $"an element <{Short(element)}>");
            }

            if (depth == 0)
            {
                ReadSize(reader);
            }

            if (reader.LocalName == "style" && !empty && _styleDepth < 0)
            {
                _styleDepth = depth;
            }

            var isCopy = reader.LocalName == "use";
            _copies.Enter(reader.GetAttribute("id"), isCopy);
            while (reader.MoveToNextAttribute())
            {
                VisitAttribute(reader, element, isCopy);
            }

            reader.MoveToElement();
            if (empty)
            {
                _copies.Leave();
            }
        }

        // As a whole: comments and CDATA may cut "url(" in two, and a browser joins it again.
        private void LeaveStyle(XmlReader reader)
        {
            if (reader.Depth != _styleDepth)
            {
                return;
            }

            if (!SvgStyle.StaysInside(_style.ToString()))
            {
                RefuseReference(reader, "the style");
            }

            _style.Clear();
            _styleDepth = -1;
        }

        private void VisitAttribute(XmlReader reader, string element, bool isCopy)
        {
            var (ns, name, value) = (reader.NamespaceURI, reader.LocalName, reader.Value);
            if (!SvgAllowList.Attribute(ns, name))
            {
                Refuse(reader, $"{Short(reader.Name)} on <{Short(element)}>");
            }
            else if (SvgAllowList.IsReference(ns, name))
            {
                var inside = SvgStyle.IsFragment(value) || (element.EndsWith("image", StringComparison.Ordinal) && SvgStyle.IsEmbeddedPicture(value));
                if (!inside)
                {
                    RefuseReference(reader, $"{Short(reader.Name)} on <{Short(element)}>");
                }

                if (isCopy)
                {
                    _copies.Refers(value);
                }
            }
            else if (!SvgAllowList.IsFreeText(name) && !SvgStyle.StaysInside(value))
            {
                RefuseReference(reader, $"{Short(reader.Name)} on <{Short(element)}>");
            }
        }

        private void ReadSize(XmlReader reader)
        {
            var (width, height) = (Pixels(reader.GetAttribute("width")), Pixels(reader.GetAttribute("height")));
            if (width > ImageLimits.ArtSide || height > ImageLimits.ArtSide)
            {
                Add(ImageProbe.TooManyPixels(width ?? 0, height ?? 0));
            }
            else if (width > 0 && height > 0)
            {
                (Width, Height) = ((int)width, (int)height);
            }
            else if (reader.GetAttribute("viewBox")?.Split((char[])[' ', ','], StringSplitOptions.RemoveEmptyEntries) is [_, _, var w, var h])
            {
                // Only the ratio matters then, so a large box is no large picture.
                (Width, Height) = ((int)Math.Clamp(Pixels(w) ?? 0, 0, 4096), (int)Math.Clamp(Pixels(h) ?? 0, 0, 4096));
            }
        }

        private static double? Pixels(string? length)
        {
            var number = length?.EndsWith("px", StringComparison.Ordinal) == true ? length[..^2] : length;
            return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var pixels) ? pixels : null;
        }

        private void Refuse(XmlReader reader, string what) => Add(new(
            ImageProblems.NotAllowed, $"Line {Line(reader)}: the SVG has {what}, which a badge's picture may not have. Save it as plain SVG."));

        private void RefuseReference(XmlReader reader, string where) => Add(new(
            ImageProblems.ExternalReference, $"Line {Line(reader)}: {where} refers to, or could refer to, something outside the file."));

        private void Add(ImageProblem problem)
        {
            if (_problems.Count < MaxProblems)
            {
                _problems.Add(problem);
            }
        }

        private static int Line(XmlReader reader) => reader is IXmlLineInfo line ? line.LineNumber : 0;

        private static string Short(string name) => name.Length <= 40 ? name : name[..40] + "…";
    }
}
