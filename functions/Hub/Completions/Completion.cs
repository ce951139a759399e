using CitiesOfLearning.Hub.Identifiers;

namespace CitiesOfLearning.Hub.Completions;

/// <summary>Somebody finished something, in the hub's own words, whoever sent it.</summary>
/// <param name="Kind">What happened: completed, passed …</param>
/// <param name="Activity">What was finished.</param>
/// <param name="Learner">Who, as far as the sender said.</param>
/// <param name="Score">0 to 1, if the sender gave one.</param>
public sealed record Completion(
    CityId City,
    string Source,
    string Kind,
    CompletedActivity Activity,
    ReportedLearner Learner,
    DateTimeOffset OccurredAt,
    IReadOnlyList<Evidence> Evidence,
    double? Score);

public sealed record CompletedActivity(string Id, string? Name);

/// <summary>The learner as the sender names them; not yet resolved to a person.</summary>
public sealed record ReportedLearner(string? Account, string? Address, string? Name, string? Language);

/// <summary>What shows that it was done (Open Badges 3.0 Evidence).</summary>
public sealed record Evidence(string? Url, string? Description);
