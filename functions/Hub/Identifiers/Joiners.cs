using System.Globalization;
using System.Text;

namespace CitiesOfLearning.Hub.Identifiers;

/// <summary>
/// The zero-width joiner and non-joiner, without which some words of Persian, Malayalam or Sinhala cannot be written: unseen, and so
/// allowed only where they change how the letters around them are drawn (RFC 5892, appendices A.1 and A.2:
/// https://www.rfc-editor.org/rfc/rfc5892#appendix-A.1).
/// </summary>
/// <remarks>
/// .NET gives neither the combining class nor the joining type of a character; both are read off its normalization forms. Joining types are
/// therefore those of letters that have a form of their own in Unicode for each place in a word: all of Arabic and Persian, and Urdu's but
/// for a non-joiner behind its noon ghunna. Between letters that languages such as Pashto, Sindhi and Kurdish have added, and those of
/// other scripts that join (Syriac, N'Ko, Mongolian, Adlam), a non-joiner is refused.
/// </remarks>
public static class Joiners
{
    private const char NonJoiner = '\u200c', Joiner = '\u200d';

    // Combining classes 8 and 10: a virama's, 9, is the only one between them.
    private const string JustBelow = "\u3099", JustAbove = "\u05b0";

    // How many forms a letter has. Four: it joins on both sides; two: only to the letter before it.
    private static readonly Dictionary<string, int> Forms = Enumerable.Range(0xFB50, 0xFC00 - 0xFB50)
        .Concat(Enumerable.Range(0xFE80, 0xFEFD - 0xFE80))
        .Select(form => ((char)form).ToString().Normalize(NormalizationForm.FormKC))
        .CountBy(letter => letter)
        .ToDictionary();

    /// <summary>Whether each of them stands where its rule allows it.</summary>
    public static bool AreInPlace(string text)
    {
        var runes = text.EnumerateRunes().ToArray();
        return Enumerable.Range(0, runes.Length).All(i => runes[i].Value switch
        {
            Joiner => i > 0 && IsVirama(runes[i - 1]),
            NonJoiner => i > 0 && (IsVirama(runes[i - 1]) || IsBetweenJoining(runes.AsSpan(..i), runes.AsSpan((i + 1)..))),
            _ => true,
        });
    }

    /// <summary>The letters around them.</summary>
    public static string Without(string text) =>
        text.Replace($"{NonJoiner}", "", StringComparison.Ordinal).Replace($"{Joiner}", "", StringComparison.Ordinal);

    // (Joining_Type:{L,D})(Joining_Type:T)* before it, (Joining_Type:T)*(Joining_Type:{R,D}) behind it. T: marks that take no room.
    private static bool IsBetweenJoining(ReadOnlySpan<Rune> before, ReadOnlySpan<Rune> behind)
    {
        while (before is [.., var mark] && IsTransparent(mark))
        {
            before = before[..^1];
        }

        while (behind is [var mark, ..] && IsTransparent(mark))
        {
            behind = behind[1..];
        }

        return before is [.., var left] && FormsOf(left) == 4 && behind is [var right, ..] && FormsOf(right) is 2 or 4;
    }

    private static bool IsTransparent(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark;

    private static int FormsOf(Rune rune) => Forms.GetValueOrDefault(rune.ToString());

    // Marks are sorted by their class; one of class 0 stays where it is.
    private static bool IsVirama(Rune rune) =>
        rune.ToString() is not (JustBelow or JustAbove)
        && $"{rune}{JustBelow}".Normalize(NormalizationForm.FormD) == $"{JustBelow}{rune}"
        && $"{JustAbove}{rune}".Normalize(NormalizationForm.FormD) == $"{rune}{JustAbove}";
}
