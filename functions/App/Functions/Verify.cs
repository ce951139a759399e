using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CitiesOfLearning.App.Http;
using CitiesOfLearning.App.Pages;
using CitiesOfLearning.Hub.Verification;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Functions;

/// <summary>The page on which anyone may check a badge.</summary>
public sealed class VerifyForm(PageRenderer pages)
{
    [Function(nameof(VerifyForm))]
    public Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "verify")] HttpRequest request) =>
        pages.RenderAsync(request, new VerifyView(), cacheControl: "public, max-age=300");
}

/// <summary>VERIFY: authentic? current? authorised? Nothing that is sent is kept.</summary>
public sealed class VerifyBadge(BadgeVerifier verifier, PageRenderer pages)
{
    // The file, and a form around it.
    private const int MostBytes = UnverifiedBadge.MaxBytes + (64 * 1024);

    [Function(nameof(VerifyBadge))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "verify")] HttpRequest request, CancellationToken cancellationToken)
    {
        var given = await GivenAsync(request, cancellationToken);
        if (given.Length == 0)
        {
            return request.WantsPage()
                ? await pages.RenderAsync(request, new VerifyView(Problem: VerifyProblem.Nothing), StatusCodes.Status400BadRequest)
                : Problems.BadRequest("Send a badge: a file, a credential, or a url.");
        }

        var unverified = UnverifiedBadge.Read(given);
        var report = await verifier.VerifyAsync(unverified, cancellationToken);
        if (!request.WantsPage())
        {
            return Reply.Json(ReportJson.Write(report));
        }

        return unverified switch
        {
            UnverifiedBadge.NotBaked => await pages.RenderAsync(request, new VerifyView(Problem: VerifyProblem.NoBadge)),
            UnverifiedBadge.Unreadable => await pages.RenderAsync(request, new VerifyView(Problem: VerifyProblem.Unreadable)),
            _ => await pages.RenderAsync(request, new VerifyView(report)),
        };
    }

    private static async Task<ReadOnlyMemory<byte>> GivenAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.IsForm())
        {
            var form = await request.FormAsync(MostBytes, cancellationToken);
            if (form.Files.FirstOrDefault(f => f.Length > 0) is { } file)
            {
                var bytes = new byte[file.Length];
                await using var content = file.OpenReadStream();
                await content.ReadExactlyAsync(bytes, cancellationToken);
                return bytes;
            }

            return Text(form["credential"].ToString() is { Length: > 0 } pasted ? pasted : form["url"].ToString());
        }

        if (request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
        {
            return await request.BodyAsync(MostBytes, cancellationToken);
        }

        // { "credential": … } or { "url": … }; or the credential itself.
        var json = await request.JsonAsync(MostBytes, cancellationToken);
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Text(json.ValueKind == JsonValueKind.String ? json.GetString()! : "");
        }

        return json.TryGetProperty("credential", out var credential) ? Text(credential.ValueKind == JsonValueKind.String ? credential.GetString()! : credential.GetRawText())
            : json.TryGetProperty("url", out var url) && url.ValueKind == JsonValueKind.String ? Text(url.GetString()!)
            : Text(json.GetRawText());
    }

    private static ReadOnlyMemory<byte> Text(string text) => Encoding.UTF8.GetBytes(text.Trim());
}

/// <summary>A report as JSON, its sentences in English.</summary>
internal static class ReportJson
{
    public static JsonObject Write(VerificationReport report) => new()
    {
        ["answers"] = new JsonObject
        {
            ["authentic"] = Word(report.Authentic),
            ["current"] = Word(report.Current),
            ["authorised"] = Word(report.Authorised),
        },
        ["badge"] = report.Badge is { } badge ? Badge(badge) : null,
        ["issuer"] = report.Issuer is { } issuer ? new JsonObject { ["id"] = issuer.Id, ["name"] = issuer.Name, ["url"] = issuer.Url, ["known"] = issuer.IsKnown } : null,
        ["checks"] = new JsonArray([.. report.Checks.Select(Check)]),
        ["checkedAt"] = report.CheckedAt,
    };

    private static JsonObject Badge(ReportedBadge badge) => new()
    {
        ["id"] = badge.Id,
        ["achievement"] = badge.AchievementId,
        ["name"] = badge.Name,
        ["description"] = badge.Description,
        ["criteria"] = badge.Criteria,
        ["criteriaUrl"] = badge.CriteriaUrl,
        ["image"] = badge.PictureUrl,
        ["pictureDiffers"] = badge.PictureDiffers,
        ["awardedBy"] = badge.AwardedBy,
        ["awardedOn"] = badge.AwardedOn,
        ["validUntil"] = badge.ValidUntil,
        ["skills"] = new JsonArray([.. badge.Skills.Select(s => JsonValue.Create(s))]),
        ["language"] = badge.Language,
    };

    private static JsonNode Check(Check check) => new JsonObject
    {
        ["id"] = check.Id,
        ["outcome"] = check.Outcome.ToString().ToLowerInvariant(),
        ["detail"] = Hub.Texts.Words.English.Sentence(check.Words, check.Arguments),
        ["clause"] = check.Clause,
        ["checkedAt"] = check.CheckedAt,
    };

    private static string Word(Hub.Verification.Answer answer) => answer.ToString().ToLowerInvariant();
}
