namespace CitiesOfLearning.OpenBadges.Images;

/// <summary>The kinds of picture that badges are baked into.</summary>
public enum ImageKind
{
    /// <summary>Neither.</summary>
    Other,

    /// <summary>It begins as every PNG does.</summary>
    Png,

    /// <summary>It begins as markup does.</summary>
    Svg,
}

/// <summary>Tells what an image is from its bytes alone; names and media types are claims.</summary>
public static class ImageProbe
{
    /// <summary>By how it begins: the rest may still be anything.</summary>
    /// <param name="file">A file.</param>
    public static ImageKind KindOf(ReadOnlySpan<byte> file) =>
        file.StartsWith(PngChunks.Signature) ? ImageKind.Png
        : LooksLikeMarkup(file) ? ImageKind.Svg
        : ImageKind.Other;

    internal static ImageProblem TooManyPixels(double width, double height) => new(
        ImageProblems.Dimensions,
        FormattableString.Invariant($"The picture is {width} × {height} pixels; a badge may have at most {ImageLimits.ArtSide} a side."));

    private static bool LooksLikeMarkup(ReadOnlySpan<byte> file) => file switch
    {
        [0xFF, 0xFE, (byte)'<', 0, ..] or [0xFE, 0xFF, 0, (byte)'<', ..] => true,
        [0xEF, 0xBB, 0xBF, ..] => StartsWithTag(file[3..]),
        _ => StartsWithTag(file),
    };

    private static bool StartsWithTag(ReadOnlySpan<byte> text) => text.TrimStart(" \t\r\n"u8) is [(byte)'<', ..];
}
