using Azure;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Texts;

namespace CitiesOfLearning.Hub.Learners;

/// <summary>"Who is this?": completions earned something, and it is not certain whose they are.</summary>
/// <param name="Source">Where they came from.</param>
/// <param name="Key">What the answer is remembered by: a keyed hash of the account, or of address and name.</param>
/// <param name="Said">What is known of the person.</param>
/// <param name="Activity">What was finished last, as the sender names it.</param>
/// <param name="OccurredAt">When that was.</param>
/// <param name="Reason">Why it is not certain. No personal data.</param>
/// <param name="AskedAt">When the first of them came.</param>
/// <param name="Waiting">How many completions wait.</param>
public sealed record Question(
    CityId City,
    string Source,
    string Key,
    SaidLearner Said,
    string Activity,
    DateTimeOffset OccurredAt,
    TextKey Reason,
    DateTimeOffset AskedAt,
    int Waiting = 0)
{
    /// <summary>What a steward said; null while it is open.</summary>
    public QuestionAnswer? Answer { get; init; }

    internal ETag ETag { get; init; }
}

/// <summary>Who it is. In JSON and on pages they have the same names, written in camel case.</summary>
public enum AnswerKind
{
    /// <summary>A learner who is known.</summary>
    Learner,

    /// <summary>Somebody new, with an address.</summary>
    New,

    /// <summary>Somebody new without an address, who gets a printed slip.</summary>
    Slip,

    /// <summary>Nobody who earns badges here.</summary>
    NotOurs,

    /// <summary>The roster says so by now.</summary>
    Roster,
}

/// <param name="Learner">Whose it is; null if it is nobody's, or the roster knows.</param>
/// <param name="Address">Of somebody new.</param>
/// <param name="Name">Of somebody new.</param>
public sealed record QuestionAnswer(
    AnswerKind Kind, DateTimeOffset At, string? Learner = null, string? Address = null, string? Name = null);

/// <summary>A completion that waits for an answer: where its delivery lies.</summary>
/// <param name="Number">Which of the delivery's events it is.</param>
public sealed record WaitingCompletion(string Delivery, int Number, string Blob);
