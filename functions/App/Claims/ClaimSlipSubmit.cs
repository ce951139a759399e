using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Claims;
using CitiesOfLearning.Hub.Identifiers;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Claims;

/// <summary>CLAIM with the code and the word of a printed slip. A wrong code and a wrong word look the same.</summary>
public sealed class ClaimSlipSubmit(ClaimService claims, HolderAccess access, HubUrls urls, PageRenderer pages)
{
    [Function(nameof(ClaimSlipSubmit))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "claim")] HttpRequest request, CancellationToken cancellationToken)
    {
        var fields = await request.FieldsAsync(cancellationToken);
        var (code, word) = (fields.GetValueOrDefault("code"), fields.GetValueOrDefault("word"));
        if (string.IsNullOrWhiteSpace(code) || string.IsNullOrWhiteSpace(word))
        {
            return await AgainAsync(ClaimProblem.Missing, StatusCodes.Status400BadRequest);
        }

        switch (await claims.ClaimBySlipAsync(code, word, cancellationToken))
        {
            case ClaimResult.Claimed { Award: var award }:
                return ClaimAnswers.Claimed(request, award, access, urls);
            case ClaimResult.TooManyTries { Wait: var wait }:
                request.HttpContext.Response.Headers.RetryAfter = Problems.Seconds(wait);
                return request.WantsHtml()
                    ? await AgainAsync(ClaimProblem.TooManyTries, StatusCodes.Status429TooManyRequests)
                    : Problems.TooMany(wait);
            default:
                return await AgainAsync(ClaimProblem.Wrong, StatusCodes.Status422UnprocessableEntity);
        }

        async Task<IResult> AgainAsync(ClaimProblem problem, int status) => request.WantsHtml()
            ? await pages.RenderAsync(request, new ClaimCodeView(problem, code, word), status)
            : ClaimAnswers.Problem(problem, status);
    }
}
