using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace CitiesOfLearning.App.Tests.Http;

public sealed class SlipRequestTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_slip_is_never_printed_for_a_badge_that_was_taken_back()
    {
        await using var app = await HubApp.StartAsync();
        using var hub = app.NewClient();
        var award = $"manage/plymouth/awards/{(await ClaimedBadge.ClaimAsync(app)).Id}";
        Assert.Equal(HttpStatusCode.OK, (await SlipAsync("application/json")).Status);
        (await hub.PostAsJsonAsync($"{award}/suspend", new { reason = "a question" }, Cancel)).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.OK, (await SlipAsync("application/json")).Status);
        (await hub.PostAsJsonAsync($"{award}/revoke", new { reason = "a mistake" }, Cancel)).EnsureSuccessStatusCode();

        var (status, json) = await SlipAsync("application/json");
        var (shown, page) = await SlipAsync("text/html");

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (status, shown));
        Assert.DoesNotContain("\"code\"", json, StringComparison.Ordinal);
        Assert.Contains("It was taken back: a slip would lead to nothing.", page, StringComparison.Ordinal);

        async Task<(HttpStatusCode Status, string Text)> SlipAsync(string accept)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{award}/slip")
            {
                Headers = { Accept = { MediaTypeWithQualityHeaderValue.Parse(accept) } },
            };
            using var answer = await hub.SendAsync(request, Cancel);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
        }
    }
}
