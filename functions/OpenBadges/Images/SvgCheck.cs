using System.Text.Unicode;

namespace CitiesOfLearning.OpenBadges.Images;

/// <summary>
/// Whether an SVG may be art and be served from the same origin as the site: UTF-8, and nothing that is not on the allow-list.
/// </summary>
internal static class SvgCheck
{
    // Found out at the upload, and not when the first badge is to be baked into it.
    private static ImageProblem NoPlace { get; } = new(
        ImageProblems.NotAllowed, "The SVG has no place for a badge: it is empty, or its first element says xmlns:openbadges.");

    public static CheckedArt Check(ReadOnlyMemory<byte> svg)
    {
        if (!Utf8.IsValid(svg.Span) || svg.Span.Contains((byte)0))
        {
            return new(ImageKind.Svg, 0, 0, [new(ImageProblems.Encoding, "The SVG is not UTF-8; save it again as UTF-8.")]);
        }

        var visitor = new SvgVisitor();
        var unreadable = SvgReading.Walk(svg, mayDeclare: false, visitor.Visit);
        var problems = visitor.Finish(unreadable);
        var lacksOnlyPlace = problems.Count == 0 && SvgRoot.Place(svg.Span) is null;
        return new(ImageKind.Svg, visitor.Width, visitor.Height, lacksOnlyPlace ? [NoPlace] : problems);
    }
}
