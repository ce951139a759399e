using System.Globalization;

namespace CitiesOfLearning.Hub.Identifiers;

/// <summary>What a person copied from somewhere, with what came along unseen.</summary>
public static class PastedText
{
    /// <summary>Without blanks, and characters that take no room (zero-width spaces, byte order and direction marks), around it.</summary>
    public static string Trim(string pasted)
    {
        var (start, end) = (0, pasted.Length);
        while (start < end && IsUnseen(pasted[start]))
        {
            start++;
        }

        while (end > start && IsUnseen(pasted[end - 1]))
        {
            end--;
        }

        return pasted[start..end];
    }

    private static bool IsUnseen(char c) => char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format;
}
