using CitiesOfLearning.Hub.Verification.Issuers;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>What the check of a proof came to.</summary>
/// <param name="Check">proof or key.</param>
/// <param name="TextKey">The sentence after <c>Check.{Check}.</c></param>
/// <param name="Arguments">What fills the sentence's gaps.</param>
internal sealed record ProofCheck(CheckOutcome Outcome, string Check, string TextKey, params string[] Arguments)
{
    public static ProofCheck Bad { get; } = new(CheckOutcome.Fail, "proof", "badSignature");

    public static ProofCheck None { get; } = new(CheckOutcome.Fail, "proof", "none");

    /// <summary>It says that it is signed in a way that proves nothing, or that this key does not sign in.</summary>
    public static ProofCheck Forbidden { get; } = new(CheckOutcome.Fail, "proof", "unsupported");

    public static ProofCheck Malformed { get; } = new(CheckOutcome.Unknown, "proof", "malformed");

    public static ProofCheck NotKnown { get; } = new(CheckOutcome.Unknown, "proof", "unsupported");

    /// <param name="how">The algorithm, or the cryptosuite.</param>
    public static ProofCheck Good(string how) => new(CheckOutcome.Pass, "proof", "ok", how);

    public static ProofCheck Key(IssuerKey problem) => problem switch
    {
        IssuerKey.Refused refused => new(CheckOutcome.Fail, "key", refused.TextKey),
        IssuerKey.Unknown unknown => new(CheckOutcome.Unknown, "key", unknown.TextKey),
        _ => throw new ArgumentException("A key that was found is no problem.", nameof(problem)),
    };
}
