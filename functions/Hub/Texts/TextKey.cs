namespace CitiesOfLearning.Hub.Texts;

/// <summary>A sentence by its key in <see cref="UserTexts"/>, so that it can be stored, and said in the reader's language.</summary>
/// <param name="Arguments">What fills its gaps, in order.</param>
public sealed record TextKey(string Key, params IReadOnlyList<string> Arguments)
{
    private const int MaxShown = 60;

    public string In(UserTexts texts) => texts.Format(Key, Arguments);

    /// <summary>What a sender wrote, cut to what a sentence can hold.</summary>
    public static string Short(string text) => text.Length <= MaxShown ? text : text[..Cut(text)] + "…";

    public bool Equals(TextKey? other) => other is not null && Key == other.Key && Arguments.SequenceEqual(other.Arguments);

    public override int GetHashCode() => HashCode.Combine(Key, Arguments.Count);

    // Half of a surrogate pair is no text.
    private static int Cut(string text) => char.IsHighSurrogate(text[MaxShown - 1]) ? MaxShown - 1 : MaxShown;
}
