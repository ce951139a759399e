namespace CitiesOfLearning.Hub.Cities.Parsing;

/// <summary><c>badges/{id}.json</c>: what a badge means and who may award it.</summary>
internal static class BadgePart
{
    public static BadgeClass Read(string id, JsonPart part, Reading reading, CityPart? city, IReadOnlyList<SpineEntry> spine)
    {
        var criteria = part.Part(
            "criteria", c => new { Narrative = c.Localized("narrative", 5000), Url = c.OptionalUrl("url") }, required: true);
        return new(
            id,
            part.Number("version", 1, 9999),
            part.Localized("name", 100),
            part.Localized("description", 1000),
            criteria?.Narrative ?? LocalizedPart.Nothing,
            criteria?.Url,
            Vocabulary(part, "achievementType", OpenBadgesWords.AchievementTypes),
            part.LocalizedTexts("tags", 50),
            Alignment(part, reading, spine),
            part.Parts("awarders", awarder => Awarder(awarder, city), required: true),
            part.Part("art", art => ArtPart.Badge(art, reading)!, required: true) ?? new(new("", "", [], LocalizedPart.Nothing), null),
            part.Part("result", Result));
    }

    private static IReadOnlyList<string> Alignment(JsonPart part, Reading reading, IReadOnlyList<SpineEntry> spine)
    {
        var codes = part.Texts("alignment", 40);
        for (var i = 0; i < codes.Count; i++)
        {
            if (!spine.Any(e => e.Code == codes[i]))
            {
                reading.Report(part.File, $"{part.Path}.alignment[{i}]", $"spine.json has no entry with the code \"{codes[i]}\"");
            }
        }

        return codes;
    }

    private static Awarder Awarder(JsonPart part, CityPart? city)
    {
        var awarder = new Awarder(part.Id("provider"), part.OptionalDay("from"), part.OptionalDay("until"));
        if (awarder.Provider.Length > 0 && city?.Providers.ContainsKey(awarder.Provider) == false)
        {
            part.Report("provider", $"city.json has no provider \"{awarder.Provider}\"");
        }

        if (awarder.Until < awarder.From)
        {
            part.Report("until", "is before \"from\"");
        }

        return awarder;
    }

    // A result comes from a score, which is a number.
    private static ResultDescription Result(JsonPart part)
    {
        var result = new ResultDescription(
            part.Id("id"),
            part.Localized("name", 100),
            Vocabulary(part, "type", OpenBadgesWords.ResultTypes),
            part.OptionalText("min", 20),
            part.OptionalText("max", 20));
        if (result.ResultType.Length > 0 && ResultScale.Of(result.ResultType, result.ValueMin, result.ValueMax) is null)
        {
            part.Report(
                "type",
                $"a score cannot be written as \"{result.ResultType}\" from \"{result.ValueMin}\" to \"{result.ValueMax}\"; " +
                "use Percent, or RawScore with numbers as \"min\" and \"max\", such as \"0\" and \"20\"");
        }

        return result;
    }

    // Open Badges 3.0 lets both vocabularies be extended with "ext:".
    private static string Vocabulary(JsonPart part, string name, IReadOnlyCollection<string> words)
    {
        var word = part.Text(name, 60);
        if (word.Length > 0 && !words.Contains(word) && !OpenBadgesWords.IsExtension(word))
        {
            part.Report(
                name, $"\"{word}\" is not in Open Badges 3.0's list; use one of: {string.Join(", ", words)}, or your own as ext:Word");
        }

        return word;
    }
}
