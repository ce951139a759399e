using CitiesOfLearning.Hub.Texts;

namespace CitiesOfLearning.App.Shared.Pages;

/// <summary>A sentence by its key in Words, so that it can be said in the reader's language.</summary>
public sealed record Sentence(string Key, params IReadOnlyList<string> Arguments)
{
    public string In(Words words) => words.Sentence(Key, Arguments);
}
