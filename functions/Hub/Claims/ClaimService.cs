using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Learners;
using CitiesOfLearning.Hub.Telemetry;
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
    ClaimTokens tokens,
    SlipTable slips,
    AttemptLimits limits,
    AwardTable awards,
    LearnerTable learners,
    HubIds ids,
    TimeProvider time,
    ILogger<ClaimService> logger)
{
    // A well-formed id that no award has.
    private static readonly AwardId NoAward = AwardId.Parse(new string('0', AwardId.Length));

    /// <summary>The award behind a link, or null if there is nothing to claim. Changes nothing.</summary>
    public async Task<Award?> LookAsync(string token, CancellationToken cancellationToken) =>
        tokens.Read(token) is { } awardId ? await ClaimableAsync(awardId, cancellationToken) : null;

    /// <summary>Claims with the token of an emailed link and the address it was sent to.</summary>
    public async Task<ClaimResult> ClaimByLinkAsync(string token, string address, CancellationToken cancellationToken)
    {
        // What nobody was ever given is not worth a call.
        if (tokens.Read(token) is not { } awardId)
        {
            return new ClaimResult.Unavailable();
        }

        return await ClaimAsync(
            $"award:{awardId}",
            awardId,
            async award => EmailAddress.Normalize(PastedText.Trim(address)) is { } typed
                && await learners.FindAsync(award.LearnerId, cancellationToken) is { Address: { } sentTo }
                && Same(ids.AddressKey(award.City, typed), ids.AddressKey(award.City, sentTo)),
            cancellationToken);
    }

    /// <summary>Claims with the code of a printed slip and its word.</summary>
    public async Task<ClaimResult> ClaimBySlipAsync(string typedCode, string word, CancellationToken cancellationToken)
    {
        var code = Crockford.Normalize(PastedText.Trim(typedCode));
        if (!RandomId.IsSlipCode(code))
        {
            return new ClaimResult.Unavailable();
        }

        // Counted by the award, so that many slips for one badge give no more tries, or by what was typed: whether it exists or not, the
        // limit and the cost are the same.
        var slip = await slips.FindAsync(code, cancellationToken);
        return await ClaimAsync(
            slip is null ? $"slip:{code}" : $"award:{slip.AwardId}",
            slip?.AwardId ?? NoAward,
            _ => Task.FromResult(
                slip is not null && Same(slips.WordHash(code, PastedText.Trim(word).ToLowerInvariant()), slip.WordHash)),
            cancellationToken);
    }

    private async Task<ClaimResult> ClaimAsync(
        string what, AwardId awardId, Func<Award, Task<bool>> isRight, CancellationToken cancellationToken)
    {
        var (attempt, wait) = await limits.TakeAsync(what, cancellationToken);
        if (attempt is null)
        {
            return new ClaimResult.TooManyTries(wait);
        }

        return await ClaimableAsync(awardId, cancellationToken) is { } award
            ? await HubTelemetry.StageAsync(
                "CLAIM",
                ActivityKind.Internal,
                award.TraceParent,
                [new("award", award.Id.ToString())],
                () => ClaimAsync(award, isRight, attempt, cancellationToken))
            : new ClaimResult.Unavailable();
    }

    private async Task<ClaimResult> ClaimAsync(
        Award award, Func<Award, Task<bool>> isRight, AttemptLimits.Attempt attempt, CancellationToken cancellationToken)
    {
        if (!await isRight(award))
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

    private async Task<Award?> ClaimableAsync(AwardId awardId, CancellationToken cancellationToken) =>
        await awards.FindAsync(awardId, cancellationToken) is { State: not AwardState.Decided, Standing: not AwardStanding.Revoked } award
            ? award
            : null;

    private static bool Same(string a, string b) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(a), Encoding.ASCII.GetBytes(b));

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Claimed {AwardId}")]
        public static partial void Claimed(ILogger logger, AwardId awardId);
    }
}
