namespace CitiesOfLearning.OpenBadges.Status;

/// <summary>
/// The purposes of Bitstring Status List that say whether a credential stands
/// (https://www.w3.org/TR/vc-bitstring-status-list/#statuspurpose).
/// </summary>
public static class StatusPurposes
{
    /// <summary>Final: the credential no longer stands.</summary>
    public const string Revocation = "revocation";

    /// <summary>For a while: under review.</summary>
    public const string Suspension = "suspension";

    /// <summary>Both.</summary>
    public static IReadOnlyList<string> All { get; } = [Revocation, Suspension];
}
