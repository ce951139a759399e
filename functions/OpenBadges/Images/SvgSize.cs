using System.Globalization;
using System.Xml;

namespace CitiesOfLearning.OpenBadges.Images;

/// <summary>How large an SVG says it is, in pixels; 0 where it does not.</summary>
internal static class SvgSize
{
    /// <param name="root">At the root element.</param>
    public static (int Width, int Height, ImageProblem? Problem) Read(XmlReader root)
    {
        var (width, height) = (Pixels(root.GetAttribute("width")), Pixels(root.GetAttribute("height")));
        if (width > ImageLimits.ArtSide || height > ImageLimits.ArtSide)
        {
            return (0, 0, ImageProbe.TooManyPixels(width, height));
        }

        // Where only the box is given, only its ratio matters: a large box is no large picture.
        return width > 0 && height > 0 ? ((int)width, (int)height, null)
            : root.GetAttribute("viewBox")?.Split((char[])[' ', ','], StringSplitOptions.RemoveEmptyEntries) is [_, _, var w, var h]
                ? ((int)Math.Min(Pixels(w), ImageLimits.ArtSide), (int)Math.Min(Pixels(h), ImageLimits.ArtSide), null)
            : (0, 0, null);
    }

    private static double Pixels(string? length)
    {
        var number = length?.EndsWith("px", StringComparison.Ordinal) == true ? length[..^2] : length;
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var pixels) ? pixels : 0;
    }
}
