using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CitiesOfLearning.Hub.Identifiers;

namespace CitiesOfLearning.Hub.Claims;

/// <summary>
/// The learner's own key to one badge, given when it is claimed: an expiry and a keyed hash, kept in a cookie. It opens nothing but that
/// badge.
/// </summary>
public sealed class HolderAccess(HubIds ids, TimeProvider time)
{
    /// <summary>How long the browser that claimed a badge may open it; afterwards the link and the address open it again.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromHours(12);

    public string Grant(AwardId awardId)
    {
        var expires = (time.GetUtcNow() + Validity).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{expires}.{Proof(awardId, expires)}";
    }

    public bool Opens(AwardId awardId, string? access)
    {
        if (access?.Split('.') is not [var expires, var proof]
            || !long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return false;
        }

        return seconds > time.GetUtcNow().ToUnixTimeSeconds() && Same(proof, Proof(awardId, expires));
    }

    /// <summary>What a form carries to show that it came from our own page and not from somebody else's (CSRF).</summary>
    public string FormToken(AwardId awardId, string access) => ids.SecretHash("form", $"{awardId}:{access}");

    public bool IsFormToken(AwardId awardId, string access, string? token) => token is not null && Same(token, FormToken(awardId, access));

    private string Proof(AwardId awardId, string expires) => ids.SecretHash("access", $"{awardId}:{expires}");

    private static bool Same(string a, string b) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b));
}
