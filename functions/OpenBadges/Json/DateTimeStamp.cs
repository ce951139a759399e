using System.Globalization;
using System.Text.RegularExpressions;

namespace CitiesOfLearning.OpenBadges.Json;

/// <summary>
/// Moments as credentials and their proofs write them, in UTC to the second: https://www.w3.org/TR/vc-data-model-2.0/#validity-period and
/// https://www.w3.org/TR/xmlschema11-2/#dateTimeStamp.
/// </summary>
public static partial class DateTimeStamp
{
    /// <summary>Such as <c>2026-11-20T10:00:00Z</c>; what is less than a second is left out.</summary>
    /// <param name="moment">With any offset.</param>
    public static string Write(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>
    /// An XML Schema dateTime with any number of digits of a second, of which seven are kept; without an offset it is UTC
    /// (https://www.w3.org/TR/vc-data-integrity/#proofs, created).
    /// </summary>
    internal static DateTimeOffset? Read(string? text) =>
        !PointAlone.IsMatch(text ?? "")
        && DateTimeOffset.TryParseExact(
            MoreDigits.Replace(text ?? "", ""),
            ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var moment)
            ? moment
            : null;

    [GeneratedRegex(@"(?<=\.[0-9]{7})[0-9]+")]
    private static partial Regex MoreDigits { get; }

    [GeneratedRegex(@"\.(?![0-9])")]
    private static partial Regex PointAlone { get; }
}
