using System.Text.RegularExpressions;

namespace CitiesOfLearning.OpenBadges.Images;

/// <summary>
/// Whether CSS, in a style element or in an attribute, keeps to the file it is in. Decided without parsing CSS: no escapes (which could
/// spell anything), no at-rules (imports, fonts), and only functions known to load nothing.
/// </summary>
internal static partial class SvgStyle
{
    public static bool StaysInside(string css) =>
        !css.Contains('\\', StringComparison.Ordinal)
        && !css.Contains('@', StringComparison.Ordinal)
        && Functions().Matches(css).All(call => IsHarmless(call.Groups[1].Value, css.AsSpan(call.Index + call.Length)));

    /// <summary>A reference to an element of the same file.</summary>
    public static bool IsFragment(string reference) => Fragment().IsMatch(reference);

    /// <summary>A picture within the picture, of a kind that cannot hold code.</summary>
    public static bool IsEmbeddedPicture(string reference) =>
        reference.StartsWith("data:image/png;base64,", StringComparison.Ordinal)
        || reference.StartsWith("data:image/jpeg;base64,", StringComparison.Ordinal);

    private static bool IsHarmless(string function, ReadOnlySpan<char> rest) => function.ToLowerInvariant() switch
    {
        "url" => FragmentArgument().IsMatch(rest),
        "rgb" or "rgba" or "hsl" or "hsla" or "calc" or "var" or "not" or "nth-child" or "nth-of-type" => true,
        "matrix" or "translate" or "translatex" or "translatey" or "scale" or "scalex" or "scaley" or "rotate" or "skewx" or "skewy" =>
            true,
        "blur" or "brightness" or "contrast" or "drop-shadow" or "grayscale" or "hue-rotate" or "opacity" or "saturate" or "sepia" => true,
        "inset" or "circle" or "ellipse" or "polygon" or "" => true,
        _ => false,
    };

    [GeneratedRegex(@"([\w-]*)\(", RegexOptions.CultureInvariant)]
    private static partial Regex Functions();

    [GeneratedRegex(@"\A#[\w.:-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Fragment();

    [GeneratedRegex(@"\A\s*(?:#[\w.:-]+|'#[\w.:-]+'|""#[\w.:-]+"")\s*\)", RegexOptions.CultureInvariant)]
    private static partial Regex FragmentArgument();
}
