using System.Globalization;
using System.Text.RegularExpressions;

namespace CitiesOfLearning.Hub.Completions;

/// <summary>
/// Times as RFC 3339 writes them (https://www.rfc-editor.org/rfc/rfc3339#section-5.6): any number of digits of a second, of which seven are
/// kept, t and z in either case, and a leap second, which counts as the second before it.
/// </summary>
internal static partial class Rfc3339
{
    private const int MaxCharacters = 500;

    // .NET's own offsets end here; the grammar's do not.
    private static readonly TimeSpan MaxOffset = TimeSpan.FromHours(14);

    [GeneratedRegex(
        @"^([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}:[0-9]{2}:)([0-5][0-9]|60)(?:\.([0-9]+))?" +
        @"(?:[Zz]|([+-])([01][0-9]|2[0-3]):([0-5][0-9]))\z")]
    private static partial Regex Time { get; }

    /// <summary>Null if it is no time. The first and the last year that .NET has stand for their own ends.</summary>
    public static DateTimeOffset? Parse(string text)
    {
        if (text.Length > MaxCharacters || Time.Match(text) is not { Success: true } match)
        {
            return null;
        }

        var seconds = match.Groups[3].Value == "60" ? "59" : match.Groups[3].Value;
        var fraction = match.Groups[4].Value;
        var local = $"{match.Groups[1].Value}T{match.Groups[2].Value}{seconds}.{(fraction.Length > 7 ? fraction[..7] : fraction)}";
        if (!DateTime.TryParseExact(
            local.TrimEnd('.'), "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock))
        {
            return null;
        }

        if (clock.Year is 1 or 9999)
        {
            return clock.Year == 1 ? DateTimeOffset.MinValue : DateTimeOffset.MaxValue;
        }

        var offset = match.Groups[5].Success
            ? new TimeSpan(Number(match.Groups[6]), Number(match.Groups[7]), 0) * (match.Groups[5].Value == "-" ? -1 : 1)
            : TimeSpan.Zero;
        return offset.Duration() <= MaxOffset ? new(clock, offset) : new(clock - offset, TimeSpan.Zero);
    }

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);
}
