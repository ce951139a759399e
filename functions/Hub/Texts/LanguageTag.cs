using System.Text.RegularExpressions;

namespace CitiesOfLearning.Hub.Texts;

/// <summary>
/// The one way in which languages are compared: lookup (RFC 4647, 3.4: https://www.rfc-editor.org/rfc/rfc4647#section-3.4), in any case
/// and with _ for -, as many systems write it. What is no tag matches nothing.
/// </summary>
public static partial class LanguageTag
{
    // RFC 5646, 4.4.1 (https://www.rfc-editor.org/rfc/rfc5646#section-4.4.1): 35 hold every tag that is in use.
    private const int MaxLength = 35;

    [GeneratedRegex(@"^[A-Za-z]{1,8}([-_][A-Za-z0-9]{1,8})*\z")]
    private static partial Regex Range { get; }

    /// <summary>
    /// The one of <paramref name="tags"/> that serves whoever asks for <paramref name="wanted"/>: cy for cy-GB, CY and cy_GB, and cy-GB for
    /// cy where there is no cy. Null if none does.
    /// </summary>
    public static string? Lookup(string? wanted, IReadOnlyCollection<string> tags)
    {
        if (wanted is null || wanted.Length > MaxLength || !Range.IsMatch(wanted))
        {
            return null;
        }

        for (var range = wanted.Replace('_', '-'); range.Length > 0; range = WithoutLast(range))
        {
            // The second is basic filtering (3.3.1): lookup alone would give en-GB to nobody who asks for en.
            var found = tags.FirstOrDefault(t => t.Equals(range, StringComparison.OrdinalIgnoreCase))
                ?? tags.FirstOrDefault(t => t.StartsWith($"{range}-", StringComparison.OrdinalIgnoreCase));
            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }

    // A single letter or digit only introduces what follows it, and goes with it.
    private static string WithoutLast(string range)
    {
        var end = range.LastIndexOf('-');
        return end < 0 ? "" : end >= 2 && range[end - 2] == '-' ? range[..(end - 2)] : range[..end];
    }
}
