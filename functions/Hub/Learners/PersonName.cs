using System.Globalization;
using System.Text;

namespace CitiesOfLearning.Hub.Learners;

/// <summary>
/// Whether two names can be one person's. People at one address often share a family name, so it is the first name that tells them apart:
/// Ada and Ada Marsh may be one, Tom Bright and Nia Bright are two.
/// </summary>
internal static class PersonName
{
    /// <summary>False also while one of them is not known.</summary>
    public static bool DifferPlainly(string? one, string? other)
    {
        var (a, b) = (Words(one), Words(other));
        return a.Length > 0 && b.Length > 0 && a[0] != b[0] && !IsWithin(a, b) && !IsWithin(b, a);
    }

    public static bool AreSame(string? one, string? other) => Words(one) is { Length: > 0 } words && words.SequenceEqual(Words(other));

    // Marsh, Ada is Ada Marsh; A. Marsh may be.
    private static bool IsWithin(string[] few, string[] many) =>
        few.All(word => many.Contains(word) || (word.Length == 1 && many.Any(m => m[0] == word[0])));

    // Without marks and case, as a form and a register may differ in them.
    private static string[] Words(string? name)
    {
        if (name is null)
        {
            return [];
        }

        var letters = name.Normalize(NormalizationForm.FormKD)
            .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            .Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ');
        return string.Concat(letters).Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
