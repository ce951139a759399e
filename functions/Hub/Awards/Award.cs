using Azure;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Storage;

namespace CitiesOfLearning.Hub.Awards;

/// <summary>How far an award has come; it only ever moves forward.</summary>
public enum AwardState
{
    Decided,
    Issued,
    Notified,
    Claimed,
}

/// <summary>Whether an award still stands.</summary>
public enum AwardStanding
{
    Good,
    Suspended,
    Revoked,
}

/// <summary>
/// One badge class earned by one learner: the row behind a credential. It moves itself: what may follow what is in this file and nowhere
/// else. Each transition says what it makes of the award, and may be asked for again.
/// </summary>
public sealed record Award
{
    /// <summary>How often in one day (UTC) a learner may make a badge public or private.</summary>
    public const int MaxSwitchesADay = 50;

    /// <summary>26 characters of Crockford base32; the credential is <c>{PublicUrl}/badges/{Id}</c>.</summary>
    public required AwardId Id { get; init; }

    public required CityId City { get; init; }

    public required string Badge { get; init; }

    public required int BadgeVersion { get; init; }

    public required string Provider { get; init; }

    public required string Source { get; init; }

    /// <summary>The delivery that earned it first; others found it there.</summary>
    public required string Delivery { get; init; }

    /// <summary>Who; name and address are in the learner's row only.</summary>
    public required string LearnerId { get; init; }

    /// <summary>The language that the credential is written in.</summary>
    public required string Language { get; init; }

    /// <summary>When it was finished, as the sender said.</summary>
    public required DateTimeOffset AchievedAt { get; init; }

    public required IReadOnlyList<Evidence> Evidence { get; init; }

    public required double? Score { get; init; }

    public AwardState State { get; private init; }

    public AwardStanding Standing { get; private init; }

    /// <summary>Whether the learner shares it. False until they choose.</summary>
    public bool IsPublic { get; private init; }

    /// <summary>The entry in the city's status lists, and which of the lists, counted from 1: once something is to be signed.</summary>
    public StatusListEntry? Status { get; private init; }

    /// <summary>The checked credential that is about to be signed, UTF-8 JSON: recorded before it is, and kept until it was.</summary>
    public byte[]? Intent { get; private init; }

    /// <summary>When somebody began to send the claim message, until it is known to be sent: nobody else sends it meanwhile.</summary>
    public DateTimeOffset? MailingSince { get; private init; }

    /// <summary>How many lines the history has.</summary>
    public int Events { get; private init; }

    /// <summary>How often it was made public or private on <see cref="SwitchedOn"/>.</summary>
    public int Switches { get; private init; }

    public DateOnly? SwitchedOn { get; private init; }

    /// <summary>W3C Trace Context: the trace that decided it, which its issuing, its message and its claim go on with.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The trace's id, in every line of the log about it: 32 hexadecimal digits; null if it has none.</summary>
    public string? TraceId => TraceParent?.Split('-') is [_, var id, ..] ? id : null;

    /// <summary>The row's version, for conditional writes.</summary>
    public ETag ETag { get; init; }

    /// <summary>As the city's rules decided it.</summary>
    public Transition Decide(DateTimeOffset at) => Moved(this, AwardEventKind.Decided, at, AwardActor.Hub);

    /// <summary>The delivery was mapped again. What is recorded to be signed, or signed, stays as it is.</summary>
    public Transition Amend(Award again, DateTimeOffset at)
    {
        var amended = this with
        {
            BadgeVersion = again.BadgeVersion,
            Provider = again.Provider,
            Source = again.Source,
            Language = again.Language,
            AchievedAt = again.AchievedAt,
            Evidence = again.Evidence,
            Score = again.Score,
        };
        return State != AwardState.Decided
            || Intent is not null
            || (amended with { Evidence = Evidence } == this && Evidence.SequenceEqual(again.Evidence))
            ? new Transition.Unchanged(this)
            : Moved(amended, AwardEventKind.Amended, at, AwardActor.Hub);
    }

    /// <summary>Records what is about to be signed. What was recorded first stays.</summary>
    public Transition RecordIntent(StatusListEntry status, byte[] intent) =>
        State != AwardState.Decided || Intent is not null ? new Transition.Unchanged(this)
        : Standing == AwardStanding.Revoked ? new Transition.Refused(this, AwardRefusal.Revoked)
        : new Transition.Changed(this with { Status = status, Intent = intent }, null);

    /// <summary>What was recorded is signed and stored in every form.</summary>
    public Transition Issue(DateTimeOffset at) =>
        State != AwardState.Decided ? new Transition.Unchanged(this)
        : Intent is null ? new Transition.Refused(this, AwardRefusal.NotIssued)
        : Moved(this with { State = AwardState.Issued, Intent = null }, AwardEventKind.Issued, at, AwardActor.Hub);

    /// <summary>
    /// Takes the award to send its message, for as long as <paramref name="hold"/>. Unchanged while somebody else has it.
    /// </summary>
    public Transition HoldForMail(DateTimeOffset at, TimeSpan hold) =>
        !WantsMail ? new Transition.Refused(this, Standing == AwardStanding.Revoked ? AwardRefusal.Revoked : AwardRefusal.NotIssued)
        : at - MailingSince < hold ? new Transition.Unchanged(this)
        : new Transition.Changed(this with { MailingSince = at }, null);

    /// <summary>The message was not sent; somebody may try again at once.</summary>
    public Transition LetGo() =>
        MailingSince is null ? new Transition.Unchanged(this) : new Transition.Changed(this with { MailingSince = null }, null);

    /// <summary>The mail system took the message. The learner may have been quicker.</summary>
    public Transition Notify(DateTimeOffset at) => State switch
    {
        AwardState.Decided => new Transition.Refused(this, AwardRefusal.NotIssued),
        AwardState.Issued =>
            Moved(this with { State = AwardState.Notified, MailingSince = null }, AwardEventKind.Notified, at, AwardActor.Hub),
        AwardState.Claimed when MailingSince is not null =>
            Moved(this with { MailingSince = null }, AwardEventKind.Notified, at, AwardActor.Hub),
        _ => new Transition.Unchanged(this),
    };

    public Transition Claim(DateTimeOffset at) =>
        State == AwardState.Decided ? new Transition.Refused(this, AwardRefusal.NotIssued)
        : Standing == AwardStanding.Revoked ? new Transition.Refused(this, AwardRefusal.Revoked)
        : State == AwardState.Claimed ? new Transition.Unchanged(this)
        : Moved(this with { State = AwardState.Claimed }, AwardEventKind.Claimed, at, AwardActor.Learner);

    public Transition Share(DateTimeOffset at) => Switch(isPublic: true, AwardEventKind.Shared, at);

    public Transition Hide(DateTimeOffset at) => Switch(isPublic: false, AwardEventKind.Hidden, at);

    public Transition Suspend(DateTimeOffset at, string reason) => Stand(AwardStanding.Suspended, AwardEventKind.Suspended, at, reason);

    public Transition Resume(DateTimeOffset at, string reason) => Stand(AwardStanding.Good, AwardEventKind.Resumed, at, reason);

    /// <summary>For good.</summary>
    public Transition Revoke(DateTimeOffset at, string reason) => Stand(AwardStanding.Revoked, AwardEventKind.Revoked, at, reason);

    /// <summary>Whether its learner is still to be written to.</summary>
    public bool WantsMail => this is { State: AwardState.Issued, Standing: AwardStanding.Good };

    /// <summary>Whether it is still to be signed.</summary>
    public bool WantsIssue => State == AwardState.Decided && Standing != AwardStanding.Revoked;

    internal static Award AsStored(Award facts, StoredAward stored) => facts with
    {
        State = stored.State,
        Standing = stored.Standing,
        IsPublic = stored.IsPublic,
        Status = stored.Status,
        Intent = stored.Intent,
        MailingSince = stored.MailingSince,
        Events = stored.Events,
        Switches = stored.Switches,
        SwitchedOn = stored.SwitchedOn,
    };

    private Transition Switch(bool isPublic, AwardEventKind what, DateTimeOffset at)
    {
        var today = DateOnly.FromDateTime(at.UtcDateTime);
        var switches = SwitchedOn == today ? Switches : 0;
        return State != AwardState.Claimed ? new Transition.Refused(this, AwardRefusal.NotClaimed)
            : IsPublic == isPublic ? new Transition.Unchanged(this)
            : switches >= MaxSwitchesADay && isPublic ? new Transition.Refused(this, AwardRefusal.TooOften)
            : Moved(
                this with { IsPublic = isPublic, Switches = switches + 1, SwitchedOn = today }, what, at, AwardActor.Learner);
    }

    private Transition Stand(AwardStanding standing, AwardEventKind what, DateTimeOffset at, string reason) =>
        Standing == standing ? new Transition.Unchanged(this)
        : Standing == AwardStanding.Revoked ? new Transition.Refused(this, AwardRefusal.Revoked)
        : Moved(this with { Standing = standing }, what, at, AwardActor.Steward, reason);

    private static Transition.Changed Moved(
        Award award, AwardEventKind what, DateTimeOffset at, AwardActor by, string? reason = null) =>
        new(award with { Events = award.Events + 1 }, new AwardEvent(what, at, by, reason));
}

/// <summary>An entry of a city's status lists.</summary>
/// <param name="List">Counted from 1.</param>
public sealed record StatusListEntry(int List, int Index);

/// <summary>Why an award cannot be changed so.</summary>
public enum AwardRefusal
{
    /// <summary>Nothing is signed yet.</summary>
    NotIssued,
    NotClaimed,

    /// <summary>A revoked badge stays revoked.</summary>
    Revoked,

    /// <summary>As often today as anybody may (<see cref="Award.MaxSwitchesADay"/>).</summary>
    TooOften,
}

/// <summary>What a transition makes of an award.</summary>
public abstract record Transition(Award Award)
{
    /// <summary>The next award, and the line of its history; null if there is nothing to tell.</summary>
    public sealed record Changed(Award Award, AwardEvent? Event) : Transition(Award);

    /// <summary>It is so already.</summary>
    public sealed record Unchanged(Award Award) : Transition(Award);

    public sealed record Refused(Award Award, AwardRefusal Why) : Transition(Award);
}

/// <summary>What a row says of an award beside what was decided.</summary>
internal sealed record StoredAward(
    AwardState State,
    AwardStanding Standing,
    bool IsPublic,
    StatusListEntry? Status,
    byte[]? Intent,
    DateTimeOffset? MailingSince,
    int Events,
    int Switches,
    DateOnly? SwitchedOn);
