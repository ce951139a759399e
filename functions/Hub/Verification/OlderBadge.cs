using System.Text.Json;
using CitiesOfLearning.OpenBadges.Json;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>Badges of the time before credentials: https://www.imsglobal.org/spec/ob/v2p0/#Assertion and its predecessors.</summary>
internal static class OlderBadge
{
    private const string Context = "https://w3id.org/openbadges/v";

    /// <summary>By which version it is written, as people call it; null if it is no such badge.</summary>
    public static string? VersionOf(JsonElement badge) =>
        badge.Has("@context", Context + "2") ? "Open Badges 2.0"
        : badge.Has("@context", Context + "1") ? "Open Badges 1.1"
        : badge.Member("recipient") is not null && badge.Member("badge") is not null && badge.Member("verify") is not null
            ? "Open Badges 1.0"
        : null;
}
