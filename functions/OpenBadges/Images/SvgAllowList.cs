using System.Collections.Frozen;

namespace CitiesOfLearning.OpenBadges.Images;

/// <summary>
/// What a badge's SVG art may consist of: shapes, text, gradients, clipping, filters. Nothing that runs, moves, links or embeds a
/// document: no script, foreignObject, a, iframe, animation, feImage.
/// </summary>
internal static class SvgAllowList
{
    private const string XLinkNamespace = "http://www.w3.org/1999/xlink";
    private const string XmlNamespace = "http://www.w3.org/XML/1998/namespace";
    private const string XmlnsNamespace = "http://www.w3.org/2000/xmlns/";

    private static readonly FrozenSet<string> Elements = Words("""
        svg g defs symbol use title desc metadata switch style image
        path rect circle ellipse line polyline polygon text tspan textPath
        linearGradient radialGradient stop pattern clipPath mask marker
        filter feBlend feColorMatrix feComponentTransfer feComposite feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR
        feGaussianBlur feMerge feMergeNode feMorphology feOffset
        """);

    private static readonly FrozenSet<string> Attributes = Words("""
        id class style type role lang tabindex focusable version baseProfile zoomAndPan contentScriptType contentStyleType
        requiredFeatures requiredExtensions systemLanguage solid-color solid-opacity pointer-events color-rendering
        x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy d points width height viewBox preserveAspectRatio transform rotate offset
        pathLength startOffset method spacing side textLength lengthAdjust
        gradientUnits gradientTransform spreadMethod patternUnits patternContentUnits patternTransform
        clipPathUnits maskUnits maskContentUnits mask-type markerUnits markerWidth markerHeight refX refY orient
        filterUnits primitiveUnits in in2 result mode operator k1 k2 k3 k4 stdDeviation radius values tableValues slope intercept
        amplitude exponent edgeMode
        fill fill-opacity fill-rule stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit
        stroke-opacity stroke-width color color-interpolation color-interpolation-filters opacity display visibility overflow
        clip-path clip-rule mask filter marker-start marker-mid marker-end paint-order vector-effect shape-rendering
        text-rendering image-rendering stop-color stop-opacity flood-color flood-opacity isolation mix-blend-mode
        transform-origin enable-background
        font-family font-size font-size-adjust font-stretch font-style font-variant font-weight letter-spacing word-spacing
        text-anchor text-decoration dominant-baseline alignment-baseline baseline-shift writing-mode direction unicode-bidi
        """);

    // What drawing programs note for themselves, and about the author: no renderer knows these.
    private static readonly string[] Notes =
    [
        "http://www.inkscape.org/namespaces/inkscape",
        "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
        "http://www.serif.com/",
        "http://ns.adobe.com/",
        "http://www.bohemiancoding.com/sketch/ns",
        "http://www.figma.com/figma/ns",
        "http://vectornator.io",
        "https://boxy-svg.com",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "http://purl.org/dc/",
        "http://creativecommons.org/ns#",
        "http://web.resource.org/cc/",
    ];

    public static bool Element(string ns, string name) => ns == SvgReading.Namespace && Elements.Contains(name);

    /// <summary>Whether elements and attributes of this namespace are notes that are never drawn.</summary>
    public static bool IsNote(string ns) => Notes.Any(note => ns.StartsWith(note, StringComparison.Ordinal));

    public static bool Attribute(string ns, string name) => ns switch
    {
        "" => Attributes.Contains(name) || IsReference(ns, name) || IsFreeText(name),
        XLinkNamespace => name is "href" or "title" or "type" or "show" or "actuate" or "role" or "arcrole",
        XmlNamespace => name is "space" or "lang",
        XmlnsNamespace => true, // a declaration alone does nothing
        _ => false,
    };

    public static bool IsReference(string ns, string name) => name == "href" && ns is "" or XLinkNamespace;

    /// <summary>Attributes no renderer takes for more than text, so that brackets in them are only brackets.</summary>
    public static bool IsFreeText(string name) => name is "id" or "class" or "title"
        || name.StartsWith("aria-", StringComparison.Ordinal) || name.StartsWith("data-", StringComparison.Ordinal);

    private static FrozenSet<string> Words(string text) =>
        text.Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
