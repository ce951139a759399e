using CitiesOfLearning.OpenBadges.Keys;

namespace CitiesOfLearning.Hub.Verification.Issuers;

/// <summary>What the search for a third party's key came to.</summary>
public abstract record IssuerKey
{
    private IssuerKey()
    {
    }

    /// <summary>A key that the issuer says is theirs, for what they assert, today.</summary>
    public sealed record Found(VerificationKey Key) : IssuerKey;

    /// <summary>The issuer does not say so.</summary>
    /// <param name="TextKey">The sentence after <c>Check.key.</c></param>
    public sealed record Refused(string TextKey) : IssuerKey
    {
        internal static Refused NotListed { get; } = new("notListed");

        internal static Refused OtherIssuer { get; } = new("notIssuers");

        internal static Refused OtherCity { get; } = new("otherIssuer");

        internal static Refused Ended { get; } = new("ended");
    }

    /// <summary>Nobody can say.</summary>
    /// <param name="TextKey">The sentence after <c>Check.key.</c></param>
    public sealed record Unknown(string TextKey) : IssuerKey
    {
        internal static Unknown Unreachable { get; } = new("unreachable");

        internal static Unknown Unsound { get; } = new("unsound");

        internal static Unknown Ambiguous { get; } = new("ambiguous");

        internal static Unknown NotNamed { get; } = new("notNamed");

        internal static Unknown OtherMethod { get; } = new("otherMethod");
    }
}
