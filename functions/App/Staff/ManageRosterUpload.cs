using System.Text.Json.Nodes;
using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Learners;
using CitiesOfLearning.Hub.Texts;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Staff;

/// <summary>
/// Takes a source's roster, from a form with <c>source</c> and <c>file</c>. Good lines are taken, the others named; repeating it changes
/// nothing.
/// </summary>
public sealed class ManageRosterUpload(StaffEntry staff, RosterUpload rosters, TimeProvider time, PageRenderer pages)
{
    // The file, and a form around it.
    private const int MaxBytes = RosterUpload.MaxBytes + (64 * 1024);

    [Function(nameof(ManageRosterUpload))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "manage/{city}/rosters")] HttpRequest request,
        string city,
        CancellationToken cancellationToken) =>
        staff.EnterAsync(request, city, async found =>
        {
            var form = request.IsForm() ? await request.FormAsync(MaxBytes, cancellationToken) : FormCollection.Empty;
            if (found.Sources.GetValueOrDefault(form["source"].ToString()) is not { } source)
            {
                return await AgainAsync(request, found, null, new TextKey("Rosters.sourceMissing"));
            }

            if (form.Files.FirstOrDefault(f => f.Length > 0) is not { } file)
            {
                return await AgainAsync(request, found, source.Id, new TextKey("Rosters.fileMissing"));
            }

            var bytes = new byte[file.Length];
            await using (var content = file.OpenReadStream())
            {
                await content.ReadExactlyAsync(bytes, cancellationToken);
            }

            var receipt = await rosters.TakeAsync(found, source, bytes, time.GetUtcNow(), cancellationToken);
            return request.WantsHtml()
                ? await pages.RenderAsync(request, new RostersView(found, source.Id, receipt))
                : Reply.Json(Json(source.Id, receipt));
        }, cancellationToken);

    private async Task<IResult> AgainAsync(HttpRequest request, City city, string? source, TextKey problem) => request.WantsHtml()
        ? await pages.RenderAsync(request, new RostersView(city, source, Problem: problem), StatusCodes.Status400BadRequest)
        : Problems.BadRequest("Send a form with \"source\", one of the city's, and \"file\", its roster as CSV.");

    private static JsonObject Json(string source, RosterReceipt receipt) => new()
    {
        ["source"] = source,
        ["taken"] = receipt.Taken,
        ["new"] = receipt.New,
        ["changed"] = receipt.Changed,
        ["unchanged"] = receipt.Unchanged,
        ["refused"] = new JsonArray([.. receipt.Refused.Select(r => new JsonObject
        {
            ["line"] = r.Number,
            ["reason"] = r.Reason.Json(),
        })]),
    };
}
