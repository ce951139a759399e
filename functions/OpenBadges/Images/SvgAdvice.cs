namespace CitiesOfLearning.OpenBadges.Images;

/// <summary>What to do in the program that the art comes from.</summary>
internal static class SvgAdvice
{
    public const string Illustrator = "In Illustrator, save it without \"Preserve Illustrator Editing Capabilities\".";

    public const string Plain =
        "Save it as plain SVG: in Inkscape as \"Plain SVG\", in Illustrator by \"Export As\", in Affinity with the preset " +
        "\"SVG (for web)\", in Canva without animations and links.";

    public const string Outside =
        "Embed pictures, and turn text into outlines (in Illustrator \"Create Outlines\", in Inkscape \"Object to Path\", in Affinity " +
        "\"Convert to Curves\").";

    private const string FlowedText = "In Inkscape, turn flowed text into text: \"Text\", \"Convert to Text\".";

    public static string For(string element) => element switch
    {
        "foreignObject" => Illustrator,
        "flowRoot" or "flowRegion" or "flowPara" or "flowSpan" => FlowedText,
        _ => Plain,
    };
}
