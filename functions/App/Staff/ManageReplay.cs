using System.Text.Json.Nodes;
using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Texts;
using CitiesOfLearning.Hub.Upkeep;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Staff;

/// <summary>Has what failed tried again: one message, many, or all of the city's.</summary>
public sealed class ManageReplay(StaffEntry staff, DeadLetters deadLetters, PageRenderer pages)
{
    [Function(nameof(ManageReplay))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "manage/{city}/waiting/replay")] HttpRequest request,
        string city,
        CancellationToken cancellationToken) =>
        staff.EnterAsync(request, city, async found =>
        {
            var chosen = await request.ChosenAsync(cancellationToken);
            if (chosen is { All: false, Ids.Count: 0 })
            {
                var problem = Problems.BadRequest("Say which messages, in \"ids\", or \"all\": true.");
                return request.WantsHtml()
                    ? await pages.RenderAsync(
                        request, await deadLetters.ViewAsync(
                            found, null, new TextKey("Waiting.noneChosen"), cancellationToken), problem.Status)
                    : problem;
            }

            var replayed = await ReplayAsync(found, chosen, cancellationToken);
            return request.WantsHtml()
                ? Reply.SeeOther($"/manage/{found.Id}/waiting{request.QueryString}")
                : Reply.Json(new JsonObject { ["replayed"] = replayed });
        }, cancellationToken);

    private async Task<int> ReplayAsync(City city, ChosenMessages chosen, CancellationToken cancellationToken)
    {
        // What the host has put aside a moment ago would be listed again afterwards.
        await deadLetters.GatherAsync(cancellationToken);
        var letters = chosen.All
            ? await deadLetters.AllAsync(cancellationToken).Where(l => l.City == city.Id).ToListAsync(cancellationToken)
            : await chosen.Ids
                .ToAsyncEnumerable()
                .Select(async (id, ct) => await deadLetters.FindAsync(city.Id, id, ct))
                .OfType<DeadLetter>()
                .ToListAsync(cancellationToken);
        var replayed = 0;
        foreach (var letter in letters)
        {
            replayed += await deadLetters.ReplayAsync(letter, cancellationToken) ? 1 : 0;
        }

        return replayed;
    }
}
