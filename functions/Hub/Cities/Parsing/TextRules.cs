using System.Globalization;

namespace CitiesOfLearning.Hub.Cities.Parsing;

/// <summary>What any text of a definition must keep to.</summary>
internal static class TextRules
{
    /// <summary>What is wrong with the text, or null.</summary>
    public static string? Problem(string text, int maxLength) =>
        string.IsNullOrWhiteSpace(text) ? "is empty"
        : text.Length > maxLength ? string.Create(CultureInfo.InvariantCulture, $"is longer than {maxLength} characters")
        : text.Any(c => char.IsControl(c) && c != '\n') ? "contains a control character, such as a tab; remove it"
        : null;
}
