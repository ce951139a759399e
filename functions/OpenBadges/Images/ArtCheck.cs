namespace CitiesOfLearning.OpenBadges.Images;

/// <summary>What art turned out to be.</summary>
/// <param name="Kind">PNG or SVG.</param>
/// <param name="Width">In pixels; 0 when an SVG does not say.</param>
/// <param name="Height">In pixels; 0 when an SVG does not say.</param>
/// <param name="Problems">Everything that is wrong with it; none when it may be used and served.</param>
public sealed record CheckedArt(ImageKind Kind, int Width, int Height, IReadOnlyList<ImageProblem> Problems)
{
    /// <summary>It may be used and served.</summary>
    public bool IsClean => Problems.Count == 0;

    /// <summary>The media type to serve it with.</summary>
    public string MediaType => Kind == ImageKind.Svg ? "image/svg+xml" : "image/png";
}

/// <summary>
/// Checks art once, when it is uploaded, so that it can be baked and served for years. What is not clean is refused with the reason, not
/// silently changed: whoever brought it decides what the badge looks like.
/// </summary>
public static class ArtCheck
{
    /// <summary>What is wrong is a value, whatever the bytes; decodes no pixels and fetches nothing.</summary>
    /// <param name="art">A file.</param>
    public static CheckedArt Check(ReadOnlyMemory<byte> art) => ImageProbe.KindOf(art.Span) switch
    {
        ImageKind.Png => CheckPng(art.Span),
        ImageKind.Svg => SvgCheck.Check(art),
        _ => new(ImageKind.Other, 0, 0, [new(ImageProblems.UnknownKind, "The file is neither a PNG nor an SVG picture.")]),
    };

    private static CheckedArt CheckPng(ReadOnlySpan<byte> png)
    {
        var chunks = new PngChunks(png);
        while (chunks.MoveNext())
        {
        }

        ImageProblem? problem = chunks.Problem is { } unreadable ? unreadable
            : chunks.Width > ImageLimits.ArtSide || chunks.Height > ImageLimits.ArtSide
                ? ImageProbe.TooManyPixels(chunks.Width, chunks.Height)
            : chunks.End != png.Length
                ? new(ImageProblems.TrailingData, "The PNG goes on after its end; save it again without the extra data.")
            : null;
        return new(ImageKind.Png, chunks.Width, chunks.Height, problem is null ? [] : [problem]);
    }
}
