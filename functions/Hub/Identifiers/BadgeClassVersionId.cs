using System.Globalization;

namespace CitiesOfLearning.Hub.Identifiers;

/// <summary>One version of a badge class, from its address <c>{city}/badges/{badge}/v{n}</c>.</summary>
public readonly record struct BadgeClassVersionId(string Badge, int Version)
{
    /// <returns>Null if the address is not one of this city's badge classes.</returns>
    public static BadgeClassVersionId? Parse(string address, string cityUrl)
    {
        var prefix = cityUrl + "/badges/";
        if (!address.StartsWith(prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var rest = address.AsSpan(prefix.Length);
        var slash = rest.IndexOf("/v");
        return slash > 0
            && int.TryParse(rest[(slash + 2)..], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            && rest[..slash].IndexOf('/') < 0
            ? new BadgeClassVersionId(rest[..slash].ToString(), version)
            : null;
    }
}
