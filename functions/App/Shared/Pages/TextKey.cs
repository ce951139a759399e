using CitiesOfLearning.Hub.Texts;

namespace CitiesOfLearning.App.Shared.Pages;

/// <summary>A sentence by its key in Texts, so that it can be said in the reader's language.</summary>
public sealed record TextKey(string Key, params IReadOnlyList<string> Arguments)
{
    public string In(UserTexts texts) => texts.Format(Key, Arguments);
}
