using CitiesOfLearning.Hub.Senders;

namespace CitiesOfLearning.Hub.Cities;

/// <summary>One sender: a provider's system that posts to <c>/hooks/{city}/{source}</c>.</summary>
/// <param name="Profile">The source profile it speaks.</param>
/// <param name="Provider">The provider whose system it is.</param>
/// <param name="MaxBodyBytes">1 MiB unless the city allows more, 10 MiB at most.</param>
/// <param name="Rules">In order; the first match wins.</param>
public sealed record Source(
    string Id,
    string Profile,
    string Provider,
    int MaxBodyBytes,
    IReadOnlyList<Rule> Rules);

/// <summary>Which completions earn which badge.</summary>
/// <param name="When">JMESPath over the completion (see <c>Completion.ToJson</c>); it matches when the result is true.</param>
/// <param name="Evidence">JMESPath over the completion that gives a list of <c>{url, description}</c>, or null for the completion's own
/// evidence.</param>
/// <param name="RequireTier">The weakest proof the city accepts for this badge.</param>
public sealed record Rule(string When, string Badge, string? Evidence, TrustTier RequireTier);
