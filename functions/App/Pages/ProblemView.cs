namespace CitiesOfLearning.App.Pages;

/// <summary>An error as a page: what happened, and what to do.</summary>
public sealed record ProblemView(int Status, Sentence Happened, Sentence ToDo) : View<ProblemPage>
{
    /// <summary>What fits the status when nothing more is known.</summary>
    public static ProblemView For(int status) => status switch
    {
        401 or 403 => Of("forbidden"),
        404 => Of("notFound"),
        413 => Of("tooLarge"),
        429 => Of("tooMany"),
        >= 400 and < 500 => Of("badRequest"),
        503 => Of("unavailable"),
        _ => Of("failed"),
    } with { Status = status };

    private static ProblemView Of(string problem) => new(0, new Sentence($"Problem.{problem}.happened"), new Sentence($"Problem.{problem}.toDo"));
}
