using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Learners;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Staff;

/// <summary>One person whom nobody knows: what is known, and the answers; or what was answered.</summary>
public sealed class ManageWhoIsThis(StaffEntry staff, QuestionTable questions, LearnerSearch learners, PageRenderer pages)
{
    [Function(nameof(ManageWhoIsThis))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "manage/{city}/who/{source}/{question}")] HttpRequest request,
        string city,
        string source,
        string question,
        CancellationToken cancellationToken) =>
        staff.EnterAsync(request, city, async found =>
        {
            if (await questions.FindAsync(found.Id, source, question, cancellationToken) is not { } asked)
            {
                return Problems.NotFound();
            }

            var learner = asked.Answer?.Learner is { } id ? await learners.FindAsync(found, id, cancellationToken) : null;
            var wasLate = request.Query.ContainsKey("late");
            return request.WantsHtml()
                ? await pages.RenderAsync(request, new WhoIsThisView(found, asked, Learner: learner, WasLate: wasLate))
                : Reply.Json(QuestionJson.Write(asked));
        }, cancellationToken);
}
