using CitiesOfLearning.App.Shared.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Badges;

/// <summary>A badge in one of its forms, for its learner, and for anyone once the learner shares it.</summary>
public sealed class BadgeFile(BadgeReader badges)
{
    [Function(nameof(BadgeFile))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "badges/{awardId}.{form}")] HttpRequest request,
        string awardId,
        string form,
        CancellationToken cancellationToken) =>
        await badges.FindAsync(request, awardId, cancellationToken) is var (award, signed)
            ? await badges.FileAsync(award, signed, form, request.Query["leaveOut"].ToString(), cancellationToken)
            : Problems.NotFound();
}
