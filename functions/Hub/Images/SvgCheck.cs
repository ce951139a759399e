namespace CitiesOfLearning.Hub.Images;

/// <summary>Whether an SVG may be served from the hub's own origin.</summary>
public static class SvgCheck
{
    public static CheckedArt Check(ReadOnlyMemory<byte> svg) =>
        new(ImageKind.Svg, 0, 0, SvgReading.Walk(svg, static _ => { }) is { } problem ? [problem] : []);
}
