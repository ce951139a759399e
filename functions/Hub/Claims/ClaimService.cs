using System.Security.Cryptography;
using System.Text;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Learners;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.Hub.Claims;

/// <summary>What became of a try to claim a badge.</summary>
public abstract record ClaimResult
{
    private ClaimResult()
    {
    }

    /// <summary>The badge is the learner's. The same answer however often it is claimed.</summary>
    public sealed record Claimed(Award Award) : ClaimResult;

    /// <summary>The address, or the slip's word, is not the right one. Nothing changed.</summary>
    public sealed record Wrong : ClaimResult;

    public sealed record TooManyTries(TimeSpan Wait) : ClaimResult;

    /// <summary>Unknown, expired and withdrawn look the same.</summary>
    public sealed record Unavailable : ClaimResult;
}

/// <summary>
/// CLAIM: looking changes nothing; claiming needs the step that only a person with the message, or the slip, can take.
/// </summary>
public sealed partial class ClaimService(
    ClaimTicketTable tickets,
    AttemptLimits limits,
    AwardTable awards,
    LearnerTable learners,
    HubIds ids,
    TimeProvider time,
    ILogger<ClaimService> logger)
{
    // A well-formed id that no award has.
    private static readonly AwardId NoAward = AwardId.Parse(new string('0', AwardId.Length));
    private static readonly string NoLearner = new('0', 32);

    /// <summary>The award behind a link or a slip, or null if there is nothing to claim. Changes nothing.</summary>
    public async Task<Award?> LookAsync(TicketKind kind, string secret, CancellationToken cancellationToken) =>
        await BehindAsync(await tickets.FindAsync(kind, secret, cancellationToken), cancellationToken);

    /// <summary>Claims with the token of an emailed link and the address it was sent to.</summary>
    public Task<ClaimResult> ClaimByLinkAsync(string token, string address, CancellationToken cancellationToken) =>
        ClaimAsync(
            TicketKind.Link,
            token,
            (_, award, learner) => EmailAddress.Normalize(PastedText.Trim(address)) is { } typed
                && learner?.Address is { } sentTo
                && Same(ids.AddressKey(award.City, typed), ids.AddressKey(award.City, sentTo)),
            cancellationToken);

    /// <summary>Claims with the code of a printed slip and its word.</summary>
    public Task<ClaimResult> ClaimBySlipAsync(string typedCode, string word, CancellationToken cancellationToken)
    {
        var code = Crockford.Normalize(PastedText.Trim(typedCode));
        return ClaimAsync(
            TicketKind.Slip,
            code,
            (ticket, _, _) => ticket.WordHash is { } hash
                && Same(ids.SecretHash("word:" + code, PastedText.Trim(word).ToLowerInvariant()), hash),
            cancellationToken);
    }

    private async Task<ClaimResult> ClaimAsync(
        TicketKind kind, string secret, Func<ClaimTicket, Award, Learner?, bool> isRight, CancellationToken cancellationToken)
    {
        // What nobody was ever given is not worth a row.
        if (!ClaimTicketTable.CanBe(kind, secret))
        {
            return new ClaimResult.Unavailable();
        }

        // Counted by the award, so that many tickets to one badge give no more tries, or by what was typed: whether it exists or not, the
        // limit and the cost are the same.
        var ticket = await tickets.FindAsync(kind, secret, cancellationToken);
        var what = ticket is null ? $"{kind}:{secret}" : $"award:{ticket.AwardId}";
        var (attempt, wait) = await limits.TakeAsync(what, cancellationToken);
        if (attempt is null)
        {
            return new ClaimResult.TooManyTries(wait);
        }

        var award = await BehindAsync(ticket, cancellationToken);
        var learner = kind == TicketKind.Link ? await learners.FindAsync(award?.LearnerId ?? NoLearner, cancellationToken) : null;
        if (ticket is null || award is null)
        {
            return new ClaimResult.Unavailable();
        }

        if (!isRight(ticket, award, learner))
        {
            return new ClaimResult.Wrong();
        }

        await limits.GiveBackAsync(attempt, cancellationToken);
        var claimed = await awards.ChangeAsync(award, now => now.Claim(time.GetUtcNow()), cancellationToken);
        if (claimed is Transition.Refused)
        {
            // Taken back in between.
            return new ClaimResult.Unavailable();
        }

        Log.Claimed(logger, award.Id);
        return new ClaimResult.Claimed(claimed.Award);
    }

    // An unknown ticket asks storage for as much as a known one, so that both take the same time.
    private async Task<Award?> BehindAsync(ClaimTicket? ticket, CancellationToken cancellationToken)
    {
        var award = await awards.FindAsync(ticket?.AwardId ?? NoAward, cancellationToken);
        return award is not null && CanBeClaimed(award) ? award : null;
    }

    private static bool CanBeClaimed(Award award) => award.State != AwardState.Decided && award.Standing != AwardStanding.Revoked;

    private static bool Same(string a, string b) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(a), Encoding.ASCII.GetBytes(b));

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Claimed {AwardId}")]
        public static partial void Claimed(ILogger logger, AwardId awardId);
    }
}
