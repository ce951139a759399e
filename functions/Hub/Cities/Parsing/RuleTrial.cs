using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Identifiers;
using DevLab.JmesPath;

namespace CitiesOfLearning.Hub.Cities.Parsing;

/// <summary>
/// Tries a rule's expression when the city is uploaded, so that a mistake is the steward's to see and not a learner's to suffer.
/// </summary>
internal static class RuleTrial
{
    // Every member given, none of them null: what fails on this fails on everything.
    private static readonly string Example = new Completion(
        CityId.Parse("a-city"),
        "a-source",
        "completed",
        new CompletedActivity("5", "Python for beginners"),
        new ReportedLearner("7", "learner@example.org", "A Learner", "en"),
        DateTimeOffset.UnixEpoch,
        [new Evidence("https://example.org/work", "The work")],
        0.9).ToJson().GetRawText();

    /// <summary>What is wrong with the expression, or null.</summary>
    public static string? Problem(string expression)
    {
        try
        {
            new JmesPath().Transform(Example, expression);
            return null;
        }
        catch (Exception e)
        {
            // The library throws plain exceptions for anything it cannot parse or does not know.
            return e.Message.ReplaceLineEndings(" ").Trim();
        }
    }
}
