using CitiesOfLearning.Hub.Texts;

namespace CitiesOfLearning.App.Shared.Pages;

/// <summary>An error as a page: what happened, and what to do.</summary>
public sealed record ProblemView(int Status, TextKey Happened, TextKey ToDo) : View<ProblemPage>
{
    /// <summary>What fits the status when nothing more is known.</summary>
    public static ProblemView For(int status)
    {
        var problem = status switch
        {
            401 or 403 => "forbidden",
            404 => "notFound",
            409 => "conflict",
            413 => "tooLarge",
            429 => "tooMany",
            >= 400 and < 500 => "badRequest",
            503 => "unavailable",
            _ => "failed",
        };
        return new ProblemView(status, new TextKey($"Problem.{problem}.happened"), new TextKey($"Problem.{problem}.toDo"));
    }
}
