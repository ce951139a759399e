using System.Text.Json.Nodes;
using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Claims;
using CitiesOfLearning.Hub.Identifiers;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Badges;

/// <summary>The learner's choice: private (as it begins) or public.</summary>
public sealed class BadgeVisibility(AwardTable awards, HolderAccess access, TimeProvider time)
{
    [Function(nameof(BadgeVisibility))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "badges/{awardId}")] HttpRequest request,
        string awardId,
        CancellationToken cancellationToken)
    {
        if (!AwardId.TryParse(awardId, out var id))
        {
            return Problems.NotFound();
        }

        var key = OwnerCookie.Read(request, id);
        if (!access.Opens(id, key))
        {
            return Problems.NotFound();
        }

        var fields = await request.FieldsAsync(cancellationToken);

        // A browser sends the cookie with whatever form it is given: the form must be ours. A program with a bearer token has no cookie.
        if (request.IsForm() && !access.IsFormToken(id, key!, fields.GetValueOrDefault("csrf")))
        {
            return Problems.CrossSite();
        }

        if (fields.GetValueOrDefault("visibility") is not ("public" or "private"))
        {
            return Problems.BadRequest("visibility must be public or private.");
        }

        var isPublic = fields["visibility"] == "public";
        var now = time.GetUtcNow();
        switch (await awards.ChangeAsync(id, award => isPublic ? award.Share(now) : award.Hide(now), cancellationToken))
        {
            case null or Transition.Refused { Why: not AwardRefusal.TooOften }:
                return Problems.NotFound();
            case Transition.Refused:
                var tomorrow = now.UtcDateTime.Date.AddDays(1) - now.UtcDateTime;
                request.HttpContext.Response.Headers.RetryAfter = Problems.Seconds(tomorrow);
                return Problems.TooMany(tomorrow);
        }

        return request.IsForm()
            ? Reply.SeeOther($"/badges/{id}{request.QueryString}")
            : Reply.Json(new JsonObject { ["public"] = isPublic });
    }
}
