using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Completions;

namespace CitiesOfLearning.Hub.Tests.Awards;

/// <summary>What may follow what: every award that can be, and every transition.</summary>
public sealed class AwardTransitionTests
{
    private static readonly DateTimeOffset Later = SomeAward.At.AddDays(1);

    private static readonly (string Name, Func<Award, Transition> Make)[] Transitions =
    [
        ("Amend", a => a.Amend(SomeAward.Facts with { Score = 0.1 }, Later)),
        ("Intend", a => a.RecordIntent(new StatusListEntry(2, 1), "{\"new\":1}"u8.ToArray())),
        ("Issue", a => a.Issue(Later)),
        ("Hold", a => a.HoldForMail(Later, TimeSpan.FromSeconds(30))),
        ("Notify", a => a.Notify(Later)),
        ("Claim", a => a.Claim(Later)),
        ("Share", a => a.Share(Later)),
        ("Hide", a => a.Hide(Later)),
        ("Suspend", a => a.Suspend(Later, "why")),
        ("Resume", a => a.Resume(Later, "why")),
        ("Revoke", a => a.Revoke(Later, "why")),
    ];

    // Changed (and the line of history), = it is so already, or the refusal.
    private const string Table = """
                          |Amend  |Intend  |Issue    |Hold     |Notify   |Claim    |Share     |Hide      |Suspend  |Resume  |Revoke
        Decided           |Amended|Changed |NotIssued|NotIssued|NotIssued|NotIssued|NotClaimed|NotClaimed|Suspended|=       |Revoked
        Decided Suspended |Amended|Changed |NotIssued|NotIssued|NotIssued|NotIssued|NotClaimed|NotClaimed|=        |Resumed |Revoked
        Decided Revoked   |Amended|Revoked!|NotIssued|Revoked! |NotIssued|NotIssued|NotClaimed|NotClaimed|Revoked! |Revoked!|=
        Intended          |=      |=       |Issued   |NotIssued|NotIssued|NotIssued|NotClaimed|NotClaimed|Suspended|=       |Revoked
        Intended Suspended|=      |=       |Issued   |NotIssued|NotIssued|NotIssued|NotClaimed|NotClaimed|=        |Resumed |Revoked
        Intended Revoked  |=      |=       |Issued   |Revoked! |NotIssued|NotIssued|NotClaimed|NotClaimed|Revoked! |Revoked!|=
        Issued            |=      |=       |=        |Changed  |Notified |Claimed  |NotClaimed|NotClaimed|Suspended|=       |Revoked
        Issued Suspended  |=      |=       |=        |NotIssued|Notified |Claimed  |NotClaimed|NotClaimed|=        |Resumed |Revoked
        Issued Revoked    |=      |=       |=        |Revoked! |Notified |Revoked! |NotClaimed|NotClaimed|Revoked! |Revoked!|=
        Notified          |=      |=       |=        |NotIssued|=        |Claimed  |NotClaimed|NotClaimed|Suspended|=       |Revoked
        Notified Suspended|=      |=       |=        |NotIssued|=        |Claimed  |NotClaimed|NotClaimed|=        |Resumed |Revoked
        Notified Revoked  |=      |=       |=        |Revoked! |=        |Revoked! |NotClaimed|NotClaimed|Revoked! |Revoked!|=
        Claimed           |=      |=       |=        |NotIssued|=        |=        |Shared    |=         |Suspended|=       |Revoked
        Claimed Suspended |=      |=       |=        |NotIssued|=        |=        |Shared    |=         |=        |Resumed |Revoked
        Claimed Revoked   |=      |=       |=        |Revoked! |=        |Revoked! |Shared    |=         |Revoked! |Revoked!|=
        Shared            |=      |=       |=        |NotIssued|=        |=        |=         |Hidden    |Suspended|=       |Revoked
        Shared Suspended  |=      |=       |=        |NotIssued|=        |=        |=         |Hidden    |=        |Resumed |Revoked
        Shared Revoked    |=      |=       |=        |Revoked! |=        |Revoked! |=         |Hidden    |Revoked! |Revoked!|=
        """;

    [Fact]
    public void Every_state_and_every_transition_is_as_the_table_says()
    {
        var lines = Table.Split('\n').Select(l => l.Split('|').Select(c => c.Trim()).ToArray()).ToArray();
        Assert.Equal(Transitions.Select(t => t.Name), lines[0].Skip(1));
        Assert.Equal(SomeAward.All.Keys.Order(), lines.Skip(1).Select(l => l[0]).Order());

        var differences = lines.Skip(1).SelectMany(line => Transitions.Select((transition, i) => (
            Case: $"{line[0]} × {transition.Name}", Expected: line[i + 1], Actual: Short(transition.Make(SomeAward.All[line[0]])))))
            .Where(c => c.Expected != c.Actual);
        Assert.Empty(differences);
    }

    [Fact]
    public void A_transition_that_changes_nothing_or_is_refused_gives_the_award_as_it_was()
    {
        Assert.All(
            SomeAward.All.Values.SelectMany(award => Transitions.Select(t => (award, Result: t.Make(award)))).Where(
                c => c.Result is not Transition.Changed),
            c => Assert.Same(c.award, c.Result.Award));
    }

    [Fact]
    public void What_was_made_once_is_made_again_without_a_line()
    {
        Assert.All(
            SomeAward.All.Values.SelectMany(award => Transitions.Select(t => (t.Make, Result: t.Make(award)))).Where(
                c => c.Result is Transition.Changed { Event: not null }),
            c => Assert.IsNotType<Transition.Changed>(c.Make(c.Result.Award)));
    }

    [Fact]
    public void A_line_is_numbered_and_says_who()
    {
        var revoked = Assert.IsType<Transition.Changed>(SomeAward.Claimed.Revoke(Later, "wrong person"));

        Assert.Equal(SomeAward.Claimed.Events + 1, revoked.Award.Events);
        Assert.Equal((Later, AwardActor.Steward, "wrong person"), (revoked.Event!.At, revoked.Event.By, revoked.Event.Reason));
        Assert.Equal(AwardActor.Learner, Assert.IsType<Transition.Changed>(SomeAward.Claimed.Share(Later)).Event!.By);
    }

    [Fact]
    public void A_learner_can_show_a_badge_fifty_times_a_day_and_always_hide_it()
    {
        var (award, day) = (SomeAward.Claimed, Later);
        for (var i = 0; i < Award.MaxSwitchesADay; i += 2)
        {
            award = award.Share(day).Award.Hide(day).Award;
        }

        Assert.Equal(AwardRefusal.TooOften, Assert.IsType<Transition.Refused>(award.Share(day)).Why);
        var tomorrow = Assert.IsType<Transition.Changed>(award.Share(day.AddDays(1))).Award;
        Assert.IsType<Transition.Changed>(tomorrow.Hide(day.AddDays(1)));
        Assert.IsType<Transition.Changed>(award.Revoke(day, "whatever the learner did"));
    }

    [Fact]
    public void A_message_that_is_being_sent_is_nobody_elses_for_a_while()
    {
        var hold = TimeSpan.FromSeconds(30);
        var held = SomeAward.Issued.HoldForMail(Later, hold).Award;

        Assert.IsType<Transition.Unchanged>(held.HoldForMail(Later + hold - TimeSpan.FromTicks(1), hold));
        Assert.IsType<Transition.Changed>(held.HoldForMail(Later + hold, hold));
        Assert.IsType<Transition.Changed>(held.LetGo().Award.HoldForMail(Later, hold));
        Assert.Null(held.Claim(Later).Award.Notify(Later).Award.MailingSince);
    }

    [Fact]
    public void Mapped_again_to_the_same_nothing_changes()
    {
        var again = SomeAward.Facts with { Evidence = [new Evidence("https://records.example/42", "The survey")], Delivery = "another" };

        Assert.IsType<Transition.Unchanged>(SomeAward.Decided.Amend(again, Later));
        Assert.Equal("d", SomeAward.Decided.Amend(again with { Score = 0.1 }, Later).Award.Delivery);
    }

    private static string Short(Transition transition) => transition switch
    {
        Transition.Changed { Event: { } line } => $"{line.What}",
        Transition.Changed => "Changed",
        Transition.Refused { Why: AwardRefusal.Revoked } => "Revoked!",
        Transition.Refused { Why: var why } => $"{why}",
        _ => "=",
    };
}
