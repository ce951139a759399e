using System.Globalization;
using System.Text.Json;
using CitiesOfLearning.OpenBadges.Json;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>
/// Where a credential says that its status can be looked up: https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistentry, or
/// its predecessor of the same shape, https://www.w3.org/TR/2023/WD-vc-status-list-20230427/#statuslist2021entry.
/// </summary>
/// <param name="List">The list's address and the place in it; null if the entry is of another kind, or cannot be read.</param>
public sealed record StatusEntry(string? Purpose, StatusPlace? List)
{
    public static StatusEntry Read(JsonElement entry)
    {
        // statusSize: more than one bit says more than set or not.
        var known = (entry.Has("type", "BitstringStatusListEntry") || entry.Has("type", "StatusList2021Entry"))
            && (entry.Member("statusSize") is not { } size
                || (size.ValueKind == JsonValueKind.Number && size.TryGetInt32(out var bits) && bits == 1));
        return known && entry.Text("statusPurpose") is { } purpose && entry.Text("statusListCredential") is { } list
            && Index(entry) is { } index
                ? new StatusEntry(purpose, new StatusPlace(list, index))
                : new StatusEntry(null, null);
    }

    // A string of digits; some write a number.
    private static int? Index(JsonElement entry) => entry.Member("statusListIndex") switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var index) && index >= 0 => index,
        { ValueKind: JsonValueKind.String } text
            when int.TryParse(text.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var index) => index,
        _ => null,
    };
}

public sealed record StatusPlace(string List, int Index);
