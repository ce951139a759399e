using System.Net;
using System.Text.RegularExpressions;

namespace CitiesOfLearning.DevHost.Mail;

/// <summary>Finds where the links of an HTML message go.</summary>
public static partial class HtmlLinks
{
    public static IReadOnlyList<string> In(string html) =>
        [.. Href()
            .Matches(html)
            .Select(match => WebUtility.HtmlDecode(match.Groups["url"].Value.Trim()))
            .Where(url => url.Length > 0)
            .Distinct()];

    [GeneratedRegex("""<a\s(?:[^>]*?\s)?href\s*=\s*(?:"(?<url>[^"]*)"|'(?<url>[^']*)'|(?<url>[^\s"'>]+))""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Href();
}
