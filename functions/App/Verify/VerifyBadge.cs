using System.Text;
using System.Text.Json;
using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Texts;
using CitiesOfLearning.Hub.Verification;
using CitiesOfLearning.OpenBadges.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Verify;

/// <summary>VERIFY: authentic? current? authorised? Nothing that is sent is kept.</summary>
public sealed class VerifyBadge(VerificationDesk desk, PageRenderer pages)
{
    // The file, and a form around it.
    private const int MaxBytes = CredentialFile.MaxBytes + (64 * 1024);

    [Function(nameof(VerifyBadge))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "verify")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var given = await GivenAsync(request, cancellationToken);
        if (given.Length == 0)
        {
            return request.WantsHtml()
                ? await pages.RenderAsync(request, new VerifyView(Problem: VerifyProblem.Nothing), StatusCodes.Status400BadRequest)
                : Problems.BadRequest("Send a badge: a file, a credential, or a url.");
        }

        return await desk.VerifyAsync(given, cancellationToken) switch
        {
            null => Problems.Busy(),
            [var badge] => request.WantsHtml() ? await PageAsync(request, badge) : Reply.Json(ReportJson.Write(badge.Report)),
            var badges => request.WantsHtml()
                ? await pages.RenderAsync(request, new VerifySeveralView([.. badges.Select(b => b.Report)]))
                : Reply.Json(ReportJson.Write(badges.Select(b => b.Report))),
        };
    }

    private Task<IResult> PageAsync(HttpRequest request, Verified badge) => pages.RenderAsync(request, badge.Given switch
    {
        CredentialFile.NotBaked => new VerifyView(Problem: VerifyProblem.NoBadge),
        CredentialFile.Unreadable unreadable =>
            new VerifyView(Problem: new TextKey($"Check.input.{unreadable.TextKey}", unreadable.Arguments)),
        _ => new VerifyView(badge.Report),
    });

    private static async Task<ReadOnlyMemory<byte>> GivenAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.IsForm())
        {
            var form = await request.FormAsync(MaxBytes, cancellationToken);
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
            return await request.BodyAsync(MaxBytes, cancellationToken);
        }

        // { "credential": … } or { "url": … }; or the credential itself.
        var json = await request.JsonAsync(MaxBytes, cancellationToken);
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Text(json.ValueKind == JsonValueKind.String ? json.GetString()! : "");
        }

        return json.Member("credential") is { } credential
            ? Text(credential.ValueKind == JsonValueKind.String ? credential.GetString()! : credential.GetRawText())
            : json.Text("url") is { } url ? Text(url)
            : Text(json.GetRawText());
    }

    private static ReadOnlyMemory<byte> Text(string text) => Encoding.UTF8.GetBytes(PastedText.Trim(text));
}
