namespace CitiesOfLearning.Hub.Cities;

/// <summary>The same words in each of a city's languages, by BCP 47 tag; the first is the default.</summary>
public sealed record LocalizedText(IReadOnlyDictionary<string, string> Texts)
{
    /// <summary>The words in this language, else in the default one.</summary>
    public string In(string? language) =>
        language is not null && Texts.TryGetValue(language, out var text) ? text : Texts.Values.First();

    public bool Has(string language) => Texts.ContainsKey(language);
}
