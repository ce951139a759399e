using System.Globalization;
using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Learners;
using CitiesOfLearning.Hub.Texts;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Staff;

/// <summary>
/// A steward says who it is; what waited flows, and the answer is remembered. <c>answer</c> is <c>learner</c> (with <c>learner</c>,
/// <c>address</c>, or <c>account</c> and <c>accountSource</c>), <c>new</c> (with <c>address</c> and perhaps <c>name</c>), <c>slip</c> (with
/// <c>name</c>) or <c>notOurs</c>.
/// </summary>
public sealed class ManageWhoAnswer(
    StaffEntry staff, QuestionTable questions, QuestionAnswers answers, LearnerSearch learners, PageRenderer pages)
{
    /// <summary>Of an address, a name or an account.</summary>
    public const int MaxCharacters = 254;

    [Function(nameof(ManageWhoAnswer))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "manage/{city}/who/{source}/{question}")] HttpRequest request,
        string city,
        string source,
        string question,
        CancellationToken cancellationToken) =>
        staff.EnterAsync(request, city, async found =>
        {
            var given = await request.FieldsAsync(cancellationToken);
            if (await questions.FindAsync(found.Id, source, question, cancellationToken) is not { } asked)
            {
                return Problems.NotFound();
            }

            var (answer, candidates, problem) = await ReadAsync(found, asked, given, cancellationToken);
            if (answer is null)
            {
                return await AgainAsync(request, new WhoIsThisView(found, asked, candidates, Problem: problem));
            }

            if (await answers.AnswerAsync(found, source, question, answer, cancellationToken) is not { } answered)
            {
                return Problems.NotFound();
            }

            if (!request.IsForm())
            {
                return Reply.Json(QuestionJson.Write(answered));
            }

            var isTheirs = answered.Answer is { } kept && kept.Kind == answer.Kind
                && (answer.Kind != AnswerKind.Learner || kept.Learner == answer.Learner);
            var late = isTheirs ? "" : request.QueryString.HasValue ? "&late" : "?late";
            return Reply.SeeOther($"/manage/{city}/who/{source}/{question}{request.QueryString}{late}");
        }, cancellationToken);

    private async Task<(QuestionAnswer? Answer, IReadOnlyList<Learner>? Found, WhoProblem? Problem)> ReadAsync(
        City city, Question asked, IReadOnlyDictionary<string, string> given, CancellationToken cancellationToken)
    {
        var address = Text(given, "address");
        var name = Text(given, "name");
        switch (Text(given, "answer"))
        {
            case "learner" when Text(given, "learner") is { } id:
                return await learners.FindAsync(city, id, cancellationToken) is { } chosen
                    ? (QuestionAnswers.Is(chosen), null, null)
                    : Wrong("known-address", "Who.nobodyHere");
            case "learner" when Text(given, "account") is { } account:
                return city.Sources.GetValueOrDefault(Text(given, "accountSource") ?? "") is not { } source
                        ? Wrong("known-account", "Who.sourceMissing", account)
                    : await learners.ByAccountAsync(city, source, account, cancellationToken) is { } byAccount
                        ? (null, [byAccount], null)
                    : Wrong("known-account", "Who.nobodyHere", account);
            case "learner" when address is null:
                return Wrong("known-address", "Who.addressMissing");
            case "learner":
                return await learners.AtAddressAsync(city, address, cancellationToken) is { Count: > 0 } there
                    ? (null, there, null)
                    : Wrong("known-address", "Who.nobodyHere", address);
            case "new":
                return EmailAddress.Normalize(address) is not { } normal ? Wrong("new-address", "Who.addressMissing", address)
                    : TooLong(name) ? Wrong("new-name", "Who.nameTooLong", name)
                    : (QuestionAnswers.IsNew(normal, name), null, null);
            case "slip":
                return (name ?? asked.Said.Name) is null ? Wrong("slip-name", "Who.nameMissing")
                    : TooLong(name) ? Wrong("slip-name", "Who.nameTooLong", name)
                    : (QuestionAnswers.IsNew(null, name), null, null);
            case "finish" when asked.Answer is { } begun:
                return (begun, null, null);
            case "notOurs":
                return (QuestionAnswers.IsNotOurs, null, null);
            default:
                return Wrong("known-address", "Who.answerMissing");
        }
    }

    // The found learners are shown before anything is done.
    private async Task<IResult> AgainAsync(HttpRequest request, WhoIsThisView view)
    {
        var status = view.Problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        if (request.WantsHtml())
        {
            return await pages.RenderAsync(request, view, status);
        }

        return view.Problem is { } problem
            ? Problems.BadRequest(problem.Text.In(UserTexts.English))
            : Reply.Json(FoundJson(view.Found!));
    }

    private static System.Text.Json.Nodes.JsonObject FoundJson(IReadOnlyList<Learner> found) => new()
    {
        ["found"] = new System.Text.Json.Nodes.JsonArray([.. found.Select(l => new System.Text.Json.Nodes.JsonObject
        {
            ["learner"] = l.Id,
            ["name"] = l.Name,
            ["address"] = l.Address,
        })]),
    };

    private static (QuestionAnswer?, IReadOnlyList<Learner>?, WhoProblem?) Wrong(string field, string textKey, string? typed = null) =>
        (null, null, new(field, textKey == "Who.nameTooLong" ? new(textKey, Number(MaxCharacters)) : new(textKey), typed));

    private static bool TooLong(string? name) => name?.Length > MaxCharacters || name?.Any(char.IsControl) == true;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? Text(IReadOnlyDictionary<string, string> given, string name) =>
        given.GetValueOrDefault(name) is { } text && PastedText.Trim(text) is { Length: > 0 } trimmed ? trimmed : null;
}
