namespace CitiesOfLearning.OpenBadges.Images;

/// <summary>What is read here. Each is far above what a badge needs and far below what hurts.</summary>
public static class ImageLimits
{
    /// <summary>Bytes of a PNG file.</summary>
    public const int PngBytes = 10 * 1024 * 1024;

    /// <summary>Bytes of an SVG file; parsing needs a few times as much.</summary>
    public const int SvgBytes = 4 * 1024 * 1024;

    /// <summary>Chunks of a PNG file: 10 MiB in the 8 KiB pieces that libpng writes are 1,280.</summary>
    public const int PngChunks = 10_000;

    /// <summary>Bytes of one text chunk, and of the text it inflates to.</summary>
    public const int TextBytes = 1024 * 1024;

    /// <summary>Pixels along one side of a picture that is brought to be verified; it is never decoded here.</summary>
    public const int Side = 8192;

    /// <summary>Pixels along one side of art, which browsers and wallets decode.</summary>
    public const int ArtSide = 4096;

    /// <summary>Elements of an SVG file.</summary>
    public const int SvgElements = 20_000;

    /// <summary>Depth of nesting in an SVG file.</summary>
    public const int SvgDepth = 64;

    /// <summary>Copies (<c>use</c>) in SVG art: each draws its target again.</summary>
    public const int SvgCopies = 500;
}
