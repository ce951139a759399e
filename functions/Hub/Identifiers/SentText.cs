using System.Globalization;

namespace CitiesOfLearning.Hub.Identifiers;

/// <summary>Text as people and programs send it: what nobody can see at its ends is no part of it.</summary>
public static class SentText
{
    /// <summary>Without blanks, line breaks, control characters and zero-width characters at either end.</summary>
    public static string Trim(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && IsUnseen(text[start]))
        {
            start++;
        }

        while (end > start && IsUnseen(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    private static bool IsUnseen(char c) =>
        char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format;
}
