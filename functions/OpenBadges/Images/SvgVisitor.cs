using System.Text;
using System.Xml;

namespace CitiesOfLearning.OpenBadges.Images;

/// <summary>Holds each node of an SVG against the allow-list.</summary>
internal sealed class SvgVisitor
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
        var isNote = SvgAllowList.IsNote(reader.NamespaceURI);
        if (!isNote && !SvgAllowList.Element(reader.NamespaceURI, reader.LocalName))
        {
            Refuse(reader, $"an element <{Short(element)}>", reader.LocalName);
        }

        if (depth == 0)
        {
            (Width, Height, var tooLarge) = SvgSize.Read(reader);
            if (tooLarge is not null)
            {
                Add(tooLarge);
            }
        }

        if (reader.LocalName == "style" && !empty && _styleDepth < 0)
        {
            _styleDepth = depth;
        }

        var isCopy = reader.LocalName == "use";
        _copies.Enter(reader.GetAttribute("id"), isCopy);
        while (reader.MoveToNextAttribute())
        {
            VisitAttribute(reader, element, isCopy, isNote);
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

    private void VisitAttribute(XmlReader reader, string element, bool isCopy, bool isNote)
    {
        var (ns, name, value) = (reader.NamespaceURI, reader.LocalName, reader.Value);
        if (SvgAllowList.IsNote(ns) || (isNote && ns.Length == 0 && !name.StartsWith("on", StringComparison.OrdinalIgnoreCase)))
        {
            return;
        }

        if (!SvgAllowList.Attribute(ns, name))
        {
            Refuse(reader, $"{Short(reader.Name)} on <{Short(element)}>");
        }
        else if (SvgAllowList.IsReference(ns, name))
        {
            var inside = SvgStyle.IsFragment(value)
                || (element.EndsWith("image", StringComparison.Ordinal) && SvgStyle.IsEmbeddedPicture(value));
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

    private void Refuse(XmlReader reader, string what, string element = "") => Add(new(
        ImageProblems.NotAllowed,
        $"Line {Line(reader)}: the SVG has {what}, which a badge's picture may not have. {SvgAdvice.For(element)}"));

    private void RefuseReference(XmlReader reader, string where) => Add(new(
        ImageProblems.ExternalReference,
        $"Line {Line(reader)}: {where} refers to, or could refer to, something outside the file. {SvgAdvice.Outside}"));

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
