using System.Globalization;
using System.Text;

namespace CitiesOfLearning.Hub.Identifiers;

/// <summary>
/// The one definition of an address, at every door: RFC 5321's dot-string and domain
/// (https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2) and, after RFC 6531 and 6532, letters of any script with their marks, and in the
/// name before the @ the <see cref="Joiners"/> between them. No quoted names, comments or address literals: senders' junk has those,
/// learners do not.
/// </summary>
public static class EmailAddress
{
    // RFC 5321, 4.5.3.1, all in octets; a label's 63 are those of its ASCII form.
    private const int MaxOctets = 254, MaxLocalOctets = 64, MaxDomainOctets = 253;

    private static readonly IdnMapping Idn = new();

    /// <summary>
    /// As <see cref="HubIds.NormalizeAddress"/> writes it, without a final dot and without what cannot be seen at its ends, and its domain
    /// in letters, however it was written: <c>xn--</c> and full-width letters lead to the same place. Null if this is no address.
    /// </summary>
    public static string? Normalize(string? text)
    {
        // A lone surrogate, which a roster may hold, reads as the replacement character.
        if (text is null || text.EnumerateRunes().Contains(Rune.ReplacementChar))
        {
            return null;
        }

        var address = HubIds.NormalizeAddress(PastedText.Trim(text));
        address = address.EndsWith('.') ? address[..^1] : address;
        var at = address.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && IsLocal(address[..at]) && Domain(address[(at + 1)..]) is { } domain
            && $"{address[..at]}@{domain}" is var written && Encoding.UTF8.GetByteCount(written) <= MaxOctets
            ? written
            : null;
    }

    private static bool IsLocal(string local) =>
        Encoding.UTF8.GetByteCount(local) <= MaxLocalOctets
        && Joiners.AreInPlace(local)
        && local.Split('.').All(atom => IsWord(Joiners.Without(atom), "!#$%&'*+-/=?^_`{|}~"))

        // RFC 2047, 2: how a header writes words of a name, which some readers decode wherever they meet it
        // (https://www.rfc-editor.org/rfc/rfc2047#section-2).
        && !local.Contains("=?", StringComparison.Ordinal);

    private static string? Domain(string domain)
    {
        try
        {
            // Each label as DNS has it; one that is too long is refused.
            var ascii = Idn.GetAscii(domain);
            var written = Idn.GetUnicode(ascii);
            var labels = written.Split('.');
            return ascii.Length <= MaxDomainOctets
                && labels.Length > 1
                && labels.All(label => IsWord(label, "-") && label[0] != '-' && label[^1] != '-')
                && !labels[^1].All(char.IsAsciiDigit)
                ? written
                : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // A mark belongs to the letter before it: Hindi, Thai, Tamil or Bengali cannot be written without.
    private static bool IsWord(string text, string others) =>
        text.Length > 0
        && !IsMark(Rune.GetRuneAt(text, 0))
        && text.EnumerateRunes().All(rune => Rune.IsLetterOrDigit(rune) || IsMark(rune) || others.EnumerateRunes().Contains(rune));

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
