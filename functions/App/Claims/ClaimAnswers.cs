using System.Text.Json.Nodes;
using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Claims;
using CitiesOfLearning.Hub.Identifiers;
using Microsoft.AspNetCore.Http;

namespace CitiesOfLearning.App.Claims;

internal static class ClaimAnswers
{
    /// <summary>The badge opens in this browser; a program gets the addresses of its forms and the key that opens them.</summary>
    public static IResult Claimed(HttpRequest request, Award award, HolderAccess access, HubUrls urls)
    {
        var key = access.Grant(award.Id);
        OwnerCookie.Set(request, award.Id, key);
        var address = urls.Credential(award.Id);
        return request.WantsHtml() || request.IsForm()
            ? Reply.SeeOther($"/badges/{award.Id}{request.QueryString}")
            : Reply.Json(new JsonObject
            {
                ["badge"] = address,
                ["public"] = award.IsPublic,
                ["access"] = key,
                ["links"] = new JsonObject
                {
                    ["png"] = address + ".png",
                    ["svg"] = address + ".svg",
                    ["json"] = address + ".json",
                    ["jwt"] = address + ".jwt"
                },
            });
    }

    public static Reply Problem(ClaimProblem problem, int status) => problem == ClaimProblem.Missing
        ? Reply.Problem(
            status,
            "/problems/claim-missing",
            "Something is missing",
            "Send the address that the message was sent to (email), or the code and the word of the slip.")
        : Reply.Problem(
            status,
            "/problems/claim-wrong",
            "That is not right",
            "It must be the address that the message was sent to, or the code and the word on the slip.");
}
