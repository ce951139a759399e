using System.Text.Json;
using CitiesOfLearning.OpenBadges.Json;
using CitiesOfLearning.OpenBadges.Status;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>
/// A status list of somebody else's: https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistcredential, or its predecessor
/// https://www.w3.org/TR/2023/WD-vc-status-list-20230427/#statuslist2021credential.
/// </summary>
internal sealed record ForeignStatusList(StatusListBits Bits, DateTimeOffset? ValidFrom, DateTimeOffset? ValidUntil)
{
    /// <summary>Null unless it is a list of this purpose, at this address, by the badge's own issuer, and of a sound size.</summary>
    public static ForeignStatusList? Read(JsonElement list, string address, string purpose, string issuer)
    {
        var is2021 = list.Has("type", "StatusList2021Credential");
        if (!(is2021 || list.Has("type", "BitstringStatusListCredential"))
            || list.IssuerId() != issuer
            || (list.Member("id") is not null && list.Text("id") != address)
            || list.Member("credentialSubject") is not { } subject
            || !subject.Has("type", is2021 ? "StatusList2021" : "BitstringStatusList")
            || !subject.Has("statusPurpose", purpose)
            || subject.Text("encodedList") is not { } encoded)
        {
            return null;
        }

        // The predecessor has the same bits without the multibase prefix.
        if (!StatusListBits.TryDecode(is2021 && encoded is not ['u', ..] ? "u" + encoded.TrimEnd('=') : encoded, out var bits, out _)
            || !Optional(list, out var from, "validFrom", "issuanceDate") || !Optional(list, out var until, "validUntil", "expirationDate"))
        {
            return null;
        }

        return new ForeignStatusList(bits, from, until);
    }

    // By either version of the data model. A moment that cannot be read must not become none.
    private static bool Optional(JsonElement list, out DateTimeOffset? moment, params ReadOnlySpan<string> names)
    {
        moment = null;
        foreach (var name in names)
        {
            if (list.Member(name) is not null)
            {
                moment = list.Moment(name);
                return moment is not null;
            }
        }

        return true;
    }
}
