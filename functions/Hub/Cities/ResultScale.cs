using System.Globalization;

namespace CitiesOfLearning.Hub.Cities;

/// <summary>
/// What a result is measured on: valueMin and valueMax of its description (https://www.imsglobal.org/spec/ob/v3p0/#resultdescription).
/// </summary>
public sealed record ResultScale(decimal Min, decimal Max)
{
    private const string Percent = "Percent";

    // Four digits that count: 33.33 of 100, 0.3333 of 1.
    private const int Digits = 4;

    // https://www.imsglobal.org/spec/ob/v3p0/#resulttype-enumeration: these are words, or levels that the result description lists.
    private static readonly string[] Words =
        ["LetterGrade", "PerformanceLevel", "RubricCriterion", "RubricCriterionLevel", "Status"];

    /// <summary>Null if there is none: a type that is measured in words, ends that are no numbers, or none but for a percentage.</summary>
    public static ResultScale? Of(string resultType, string? min, string? max) =>
        !Words.Contains(resultType)
        && Number(min ?? (resultType == Percent ? "0" : null)) is { } from
        && Number(max ?? (resultType == Percent ? "100" : null)) is { } to
        && from < to
            ? new(from, to)
            : null;

    /// <summary>As a credential writes it.</summary>
    /// <param name="score">0 to 1.</param>
    public string Value(double score)
    {
        var range = (double)(Max - Min);
        var decimals = Math.Clamp(Digits - (int)Math.Ceiling(Math.Log10(range)), 0, Digits + 2);
        var value = Math.Round(Min + ((decimal)score * (Max - Min)), decimals, MidpointRounding.AwayFromZero);
        return value.ToString("0.######", CultureInfo.InvariantCulture);
    }

    // Twelve digits are more than any scale has, and none of them is lost.
    private static decimal? Number(string? text) =>
        text is { Length: <= 12 }
        && decimal.TryParse(
            text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
