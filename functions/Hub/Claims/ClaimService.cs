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
    ClaimTicketTable tickets, AttemptLimits limits, AwardTable awards, HubIds ids, TimeProvider time, ILogger<ClaimService> logger)
{
    // A well-formed id that no award has.
    private static readonly AwardId NoAward = AwardId.Parse(new string('0', AwardId.Length));

    private const int WrongPerTicket = 10;
    private const int WrongPerAward = 20;
    private const int WrongSlipsInAll = 500;

    /// <summary>The award behind a link or a slip, or null if there is nothing to claim. Changes nothing.</summary>
    public async Task<Award?> LookAsync(TicketKind kind, string secret, CancellationToken cancellationToken) =>
        await BehindAsync(await tickets.FindAsync(kind, secret, cancellationToken), cancellationToken);

    /// <summary>Claims with the token of an emailed link and the address it was sent to.</summary>
    public Task<ClaimResult> ClaimByLinkAsync(string token, string address, CancellationToken cancellationToken) =>
        ClaimAsync(
            TicketKind.Link,
            token,
            (_, award) => EmailAddress.Normalize(address.Trim()) is { } typed && Same(ids.LearnerKey(award.City, typed), award.LearnerKey),
            cancellationToken);

    /// <summary>Claims with the code of a printed slip and its word.</summary>
    public async Task<ClaimResult> ClaimBySlipAsync(string typedCode, string word, CancellationToken cancellationToken)
    {
        // A machine that tries codes is stopped here, whichever codes it tries.
        if (await limits.TakeAsync("slips", WrongSlipsInAll, cancellationToken) is { } wait)
        {
            return new ClaimResult.TooManyTries(wait);
        }

        var code = Crockford.Normalize(typedCode);
        var result = await ClaimAsync(
            TicketKind.Slip,
            code,
            (ticket, _) => ticket.WordHash is { } hash && Same(ids.SecretHash("word:" + code, word.Trim().ToLowerInvariant()), hash),
            cancellationToken);
        if (result is ClaimResult.Claimed)
        {
            await limits.GiveBackAsync("slips", cancellationToken);
        }

        return result;
    }

    private async Task<ClaimResult> ClaimAsync(
        TicketKind kind, string secret, Func<ClaimTicket, Award, bool> isRight, CancellationToken cancellationToken)
    {
        // Counted by what was typed, whether it exists or not, so that the limit tells nothing.
        var byTicket = $"{kind}:{secret}";
        if (await limits.TakeAsync(byTicket, WrongPerTicket, cancellationToken) is { } wait)
        {
            return new ClaimResult.TooManyTries(wait);
        }

        var ticket = await tickets.FindAsync(kind, secret, cancellationToken);
        var award = await BehindAsync(ticket, cancellationToken);

        // Counted twice even if there is no award to count by, so that both take the same time.
        var byAward = $"award:{award?.Id.ToString() ?? byTicket}";
        if (await limits.TakeAsync(byAward, WrongPerAward, cancellationToken) is { } longer)
        {
            return new ClaimResult.TooManyTries(longer);
        }

        if (ticket is null || award is null)
        {
            return new ClaimResult.Unavailable();
        }

        if (!isRight(ticket, award))
        {
            return new ClaimResult.Wrong();
        }

        await limits.GiveBackAsync(byTicket, cancellationToken);
        await limits.GiveBackAsync(byAward, cancellationToken);
        if (await awards.ChangeAsync(award, now => now.Claim(time.GetUtcNow()), cancellationToken) is Transition.Refused)
        {
            // Taken back in between.
            return new ClaimResult.Unavailable();
        }

        Log.Claimed(logger, award.Id);
        return new ClaimResult.Claimed(award);
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
