using System.Text;
using CitiesOfLearning.Hub.Identifiers;

namespace CitiesOfLearning.Hub.Learners;

/// <summary>
/// Addresses that mail can plausibly reach: RFC 5321's dot-string and domain (https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2) and,
/// after RFC 6531, letters of any script. No quoted names, comments or address literals: senders' junk has those, learners do not.
/// </summary>
public static class EmailAddress
{
    private const int MaxCharacters = 254, MaxLocalCharacters = 64, MaxLabelCharacters = 63;

    /// <summary>As <see cref="HubIds.NormalizeAddress"/> writes it, or null if this is no address.</summary>
    public static string? Normalize(string? text)
    {
        // Before trimming: a line break at the end is an attempt at something else. A lone surrogate, which a roster may hold, reads as the
        // replacement character.
        if (string.IsNullOrEmpty(text)
            || text.Length > MaxCharacters
            || text.Any(char.IsControl)
            || text.EnumerateRunes().Contains(Rune.ReplacementChar))
        {
            return null;
        }

        var address = HubIds.NormalizeAddress(text);
        var at = address.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && IsLocal(address[..at]) && IsDomain(address[(at + 1)..]) ? address : null;
    }

    private static bool IsLocal(string local) =>
        local.Length <= MaxLocalCharacters
        && local.Split('.').All(atom => atom.Length > 0 && atom.All(IsOfAtom));

    private static bool IsOfAtom(char c) => char.IsLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~".Contains(c, StringComparison.Ordinal);

    private static bool IsDomain(string domain)
    {
        var labels = domain.Split('.');
        return labels.Length > 1
            && labels.All(IsLabel)
            && !labels[^1].All(char.IsAsciiDigit);
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= MaxLabelCharacters
        && label[0] != '-'
        && label[^1] != '-'
        && label.All(c => char.IsLetterOrDigit(c) || c == '-');
}
