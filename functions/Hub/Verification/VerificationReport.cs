namespace CitiesOfLearning.Hub.Verification;

/// <summary>The answer to one of an employer's three questions. Never <see cref="Yes"/> on a guess.</summary>
public enum Answer
{
    Yes,
    No,

    /// <summary>The hub could not check.</summary>
    Unknown,
}

public enum CheckOutcome
{
    Pass,
    Fail,
    Unknown,
    Skipped,
}

/// <summary>One check of the specification, in its order.</summary>
/// <param name="Id">Stable, such as <c>proof</c>.</param>
/// <param name="TextKey">Names the sentence that explains the outcome (see <c>UserTexts</c>), so that it can be read in each
/// language.</param>
/// <param name="Arguments">What fills the sentence's gaps.</param>
/// <param name="Clause">The URL of the clause that asks for it.</param>
public sealed record Check(
    string Id,
    CheckOutcome Outcome,
    string TextKey,
    IReadOnlyList<string> Arguments,
    string Clause,
    DateTimeOffset CheckedAt);

/// <param name="IsKnown">Whether it is a city on this hub; else all this is only what it says of itself.</param>
public sealed record ReportedIssuer(string Id, string Name, string? Url, bool IsKnown);

/// <summary>Everything the hub found out about a badge, summed into three answers.</summary>
public sealed record VerificationReport(
    Answer Authentic,
    Answer Current,
    Answer Authorised,
    ReportedBadge? Badge,
    ReportedIssuer? Issuer,
    IReadOnlyList<Check> Checks,
    DateTimeOffset CheckedAt);
