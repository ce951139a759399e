using System.Globalization;

namespace CitiesOfLearning.OpenBadges.Json;

/// <summary>
/// Moments as credentials and their proofs write them, in UTC to the second: https://www.w3.org/TR/vc-data-model-2.0/#validity-period and
/// https://www.w3.org/TR/xmlschema11-2/#dateTimeStamp.
/// </summary>
public static class DateTimeStamp
{
    /// <summary>Such as <c>2026-11-20T10:00:00Z</c>; what is less than a second is left out.</summary>
    /// <param name="moment">With any offset.</param>
    public static string Write(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
