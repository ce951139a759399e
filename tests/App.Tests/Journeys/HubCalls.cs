using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CitiesOfLearning.DevHost.Mail;

namespace CitiesOfLearning.App.Tests.Journeys;

/// <summary>What every journey asks the hub.</summary>
internal static class HubCalls
{
    public static async Task<IReadOnlyList<ReceivedMail>> MailboxAsync(this HubProcess hub) =>
        (await hub.Client.GetFromJsonAsync<ReceivedMail[]>("/local/mail.json", TestContext.Current.CancellationToken))!;

    /// <summary>The link that the learner opens.</summary>
    public static Uri ClaimLink(this ReceivedMail mail) => new(Assert.Single(mail.Links, l => l.Contains("/claim/")));

    public static string ClaimToken(this ReceivedMail mail) => mail.ClaimLink().Segments[^1];

    /// <summary>The three answers of /verify: "yes yes yes" when the badge is authentic, current and authorised.</summary>
    public static async Task<string> VerifyAsync(this HubProcess hub, byte[] badge, string mediaType)
    {
        using var content = new ByteArrayContent(badge);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/verify") { Content = content };
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await hub.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var report = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        var answers = report.GetProperty("answers");
        return $"{answers.GetProperty("authentic")} {answers.GetProperty("current")} {answers.GetProperty("authorised")}";
    }
}
