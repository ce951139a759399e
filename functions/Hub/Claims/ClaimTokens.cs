using System.Security.Cryptography;
using System.Text;
using CitiesOfLearning.Hub.Identifiers;

namespace CitiesOfLearning.Hub.Claims;

/// <summary>
/// The token in an emailed link: which award it is, and the secret that only the hub can derive from that. It is stored nowhere, so the
/// table lets nobody claim, and the link lives as long as the badge. The human step is the address that it was sent to.
/// </summary>
public sealed class ClaimTokens(HubIds ids)
{
    /// <summary>58 characters of Crockford base32 in lower case: safe in a URL, hard to misread.</summary>
    public string Of(AwardId awardId) => awardId.ToString().ToLowerInvariant() + ids.ClaimSecret(awardId);

    /// <summary>The award whose token it is; null if it is none.</summary>
    /// <param name="token">As in an address: it may be anything.</param>
    public AwardId? Read(string token) =>
        token.Length > AwardId.Length
        && !token.Any(char.IsUpper)
        && AwardId.TryParse(token[..AwardId.Length].ToUpperInvariant(), out var awardId)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(Of(awardId)))
            ? awardId
            : null;
}
