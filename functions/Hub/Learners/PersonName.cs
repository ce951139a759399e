using System.Globalization;
using System.Text;

namespace CitiesOfLearning.Hub.Learners;

/// <summary>How two names at one address compare.</summary>
public enum NameMatch
{
    /// <summary>One person's, as far as names can say: Ada, Ada Marsh, Marsh, Ada and Ada Mary Marsh.</summary>
    Same,

    /// <summary>
    /// For a person to say: A. Marsh may be Ada or Alan, Ada Marsh and Ada Pool may be cousins, Li Na and Li Ming a family.
    /// </summary>
    Unsure,

    /// <summary>Two people's: Tom Bright and Nia Bright.</summary>
    Different,
}

/// <summary>
/// A name as it is compared: its words without case, without the marks that a form and a register may differ in, and with the family
/// name, where a comma says so, at the end. People at one address often share a family name, so it is the first name that tells them
/// apart.
/// </summary>
/// <param name="Words">In their order; none if the name says nothing.</param>
internal sealed record PersonName(IReadOnlyList<string> Words)
{
    // An apostrophe is part of a word: O'Brien is OBrien.
    private const string Apostrophes = "'’‘ʼʹ`´";

    // What a register without these letters writes; and a sigma is one letter wherever it stands.
    private static readonly (string Letter, string Written)[] Plain =
        [("ς", "σ"), ("ß", "ss"), ("æ", "ae"), ("œ", "oe"), ("ø", "o"), ("ł", "l"), ("đ", "d"), ("ı", "i"), ("þ", "th"), ("ð", "d")];

    public static PersonName Of(string? name)
    {
        // Chinese and Japanese have a comma of their own, and so does Arabic.
        var parts = (name ?? "").Split([',', '，', '、', '،'], 2);
        return new([.. parts.Reverse().SelectMany(WordsOf)]);
    }

    /// <summary>Null while one of them says nothing.</summary>
    public NameMatch? Compare(PersonName other)
    {
        if (Words.Count == 0 || other.Words.Count == 0)
        {
            return null;
        }

        var (few, many) = Words.Count <= other.Words.Count ? (Words, other.Words) : (other.Words, Words);
        return string.Concat(few) == string.Concat(many) || StandsIn(few, many) ? NameMatch.Same
            : few[0] == many[0] || IsWithin(few, many) ? NameMatch.Unsure
            : NameMatch.Different;
    }

    /// <summary>Whether this is the other name with words left out or cut down to their first letters.</summary>
    public bool SaysLess(PersonName other) =>
        Words.Count <= other.Words.Count && IsWithin(Words, other.Words) && string.Concat(Words).Length < string.Concat(other.Words).Length;

    /// <summary>The same name in other letters, word by word; a first letter alone stays one letter.</summary>
    public PersonName Hidden(Func<string, string> hide) =>
        new([.. Words.Select(w => IsInitial(w) ? hide(w)[..1] : hide(w[..1])[..1] + hide(w))]);

    // The same first name, and every other word, written out, in its order.
    private static bool StandsIn(IReadOnlyList<string> few, IReadOnlyList<string> many)
    {
        if (few[0] != many[0] || few.Any(IsInitial))
        {
            return false;
        }

        var at = 0;
        foreach (var word in many)
        {
            at += at < few.Count && few[at] == word ? 1 : 0;
        }

        return at == few.Count;
    }

    private static bool IsWithin(IReadOnlyList<string> few, IReadOnlyList<string> many) => few.All(word => many.Any(m => MayBe(word, m)));

    private static bool MayBe(string one, string other) =>
        one == other || ((IsInitial(one) || IsInitial(other)) && one[0] == other[0]);

    // 李 is a whole name.
    private static bool IsInitial(string word) =>
        word.Length == 1 && char.GetUnicodeCategory(word[0]) != UnicodeCategory.OtherLetter;

    private static IEnumerable<string> WordsOf(string part)
    {
        var letters = part.Normalize(NormalizationForm.FormKD).EnumerateRunes()
            .Where(rune => !IsLeftOut(rune))
            .Select(rune => IsPartOfAWord(rune) ? Rune.ToLowerInvariant(rune).ToString() : " ");
        return Plain.Aggregate(string.Concat(letters), (text, to) => text.Replace(to.Letter, to.Written, StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static bool IsLeftOut(Rune rune) =>
        rune.IsBmp && Apostrophes.Contains((char)rune.Value, StringComparison.Ordinal)
        || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format
        || IsAccent(rune.Value);

    // Hindi, Thai, Tamil or Bengali write vowels as marks: those make another name.
    private static bool IsPartOfAWord(Rune rune) => Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // Of European scripts, Hebrew and Arabic, where a name is written with them or without; and what only asks for a picture.
    private static bool IsAccent(int c) => c is (>= 0x0300 and <= 0x036F)
        or (>= 0x0591 and <= 0x05C7)
        or (>= 0x0610 and <= 0x061A) or (>= 0x064B and <= 0x065F) or 0x0670 or (>= 0x06D6 and <= 0x06ED)
        or (>= 0x1AB0 and <= 0x1AFF) or (>= 0x1DC0 and <= 0x1DFF)
        or (>= 0x20D0 and <= 0x20FF)
        or (>= 0xFE00 and <= 0xFE0F) or (>= 0xFE20 and <= 0xFE2F);
}
