using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Awards;

/// <summary>Awards that came as far as a test wants, by the only way there is: transitions.</summary>
internal static class SomeAward
{
    public static readonly DateTimeOffset At = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    public static Award Facts { get; } = new()
    {
        Id = AwardId.Parse("7K2QM4XN8P7K2QM4XN8P7K2QM4"),
        City = SampleCity.Plymouth,
        Badge = "tide-pool-surveyor",
        BadgeVersion = 1,
        Provider = "tide-pool-trust",
        Source = "hub",
        Delivery = "d",
        LearnerId = "L",
        Language = "en",
        AchievedAt = At,
        Evidence = [new Evidence("https://records.example/42", "The survey")],
        Score = 0.9,
    };

    public static Award Decided { get; } = Facts.Decide(At).Award;

    public static Award Intended { get; } = Decided.RecordIntent(new StatusListEntry(1, 4711), "{}"u8.ToArray()).Award;

    public static Award Issued { get; } = Intended.Issue(At).Award;

    public static Award Notified { get; } = Issued.Notify(At).Award;

    public static Award Claimed { get; } = Notified.Claim(At).Award;

    /// <summary>Every award that can be: how far, and how it stands.</summary>
    public static IReadOnlyDictionary<string, Award> All { get; } = new[]
    {
        (nameof(Decided), Decided), (nameof(Intended), Intended), (nameof(Issued), Issued), (nameof(Notified), Notified),
        (nameof(Claimed), Claimed), ("Shared", Claimed.Share(At).Award),
    }.SelectMany(a => new[]
    {
        (a.Item1, a.Item2),
        ($"{a.Item1} Suspended", a.Item2.Suspend(At, "a question").Award),
        ($"{a.Item1} Revoked", a.Item2.Revoke(At, "wrong person").Award),
    }).ToDictionary(a => a.Item1, a => a.Item2);
}
