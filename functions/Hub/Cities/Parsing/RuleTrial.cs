using DevLab.JmesPath;

namespace CitiesOfLearning.Hub.Cities.Parsing;

/// <summary>Tries a rule's expression when the city is uploaded, so that a mistake is the steward's to see and not a learner's to suffer.</summary>
internal static class RuleTrial
{
    // Every member that a completion can have, none of them null: what fails on this fails on everything.
    private const string Completion =
        """
        {"kind":"completed","activity":{"id":"5","name":"Python for beginners"},"occurredAt":"2026-11-20T10:00:00Z","score":0.9,
         "evidence":[{"url":"https://example.org/work","description":"The work"}],"learner":{"account":"7"}}
        """;

    /// <summary>What is wrong with the expression, or null.</summary>
    public static string? Problem(string expression)
    {
        try
        {
            new JmesPath().Transform(Completion, expression);
            return null;
        }
        catch (Exception e)
        {
            // The library throws plain exceptions for anything it cannot parse or does not know.
            return e.Message.ReplaceLineEndings(" ").Trim();
        }
    }
}
