using CitiesOfLearning.Hub.Texts;

namespace CitiesOfLearning.Hub.Cities;

/// <summary>The same words in each of a city's languages, by BCP 47 tag; the first is the default.</summary>
public sealed record LocalizedText(IReadOnlyDictionary<string, string> Texts)
{
    /// <summary>The words in this language, else in the default one.</summary>
    public string In(string? language) => Texts[LanguageTag.Lookup(language, [.. Texts.Keys]) ?? Texts.Keys.First()];

    public bool Has(string language) => LanguageTag.Lookup(language, [.. Texts.Keys]) is not null;
}
