namespace CitiesOfLearning.Hub.Cities.Parsing;

/// <summary><c>spine.json</c>: the skills, values and dispositions that the city's badges align to.</summary>
internal static class SpinePart
{
    private static readonly string[] Layers = ["core", "cities-of-learning", "city", "strategic"];

    public static IReadOnlyList<SpineEntry> Read(JsonPart part)
    {
        var codes = new HashSet<string>();
        return part.Parts("entries", entry => Entry(entry, codes), required: true);
    }

    private static SpineEntry Entry(JsonPart part, HashSet<string> codes)
    {
        var code = part.Id("code");
        if (code.Length > 0 && !codes.Add(code))
        {
            part.Report("code", $"\"{code}\" is used by an earlier entry; give this one its own");
        }

        return new(
            code,
            part.OneOf("layer", Layers),
            part.Text("framework", 200),
            part.Localized("name", 200),
            part.OptionalLocalized("description", 1000),
            part.OptionalUrl("url"));
    }
}
