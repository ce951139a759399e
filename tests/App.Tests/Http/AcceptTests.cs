using System.Net.Http.Headers;

namespace CitiesOfLearning.App.Tests.Http;

/// <summary>I2: a page or JSON, as RFC 9110 (12.4.2 and 12.5.1) says, wherever there is both.</summary>
public sealed class AcceptTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Headers => new()
    {
        // Browsers.
        { "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8", "text/html" },
        { "text/html, */*", "text/html" },
        { "TEXT/HTML", "text/html" },
        { "text/*", "text/html" },

        // PyLD, jsonld.js, Digital Bazaar's loaders, curl, nobody.
        { "application/ld+json;profile=http://www.w3.org/ns/json-ld#context, application/ld+json, application/json;q=0.5, "
            + "text/html;q=0.8, application/xhtml+xml;q=0.8", "json" },
        { "application/ld+json, application/json", "json" },
        { "application/json, text/html;q=0.9", "json" },
        { "text/html;q=0.1, application/*", "json" },
        { "text/html, application/ld+json", "json" },
        { "text/html;q=0, */*", "json" },
        { "*/*", "json" },
        { "", "json" },
        { "nonsense", "json" },

        // Java's own, whose weights are not written as the RFC has them: it names a page first.
        { "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", "text/html" },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public async Task A_page_or_JSON_as_the_client_would_rather_have(string accept, string type)
    {
        using var hub = await SharedHub.ClientAsync();
        var achievement = "cities/plymouth/badges/tide-pool-surveyor";

        foreach (var address in new[] { "cities/plymouth", achievement, $"{achievement}/v1", "cities/plymouth/catalogue" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.TryAddWithoutValidation("Accept", accept);
            using var answer = await hub.SendAsync(request, Cancel);

            Assert.True(answer.IsSuccessStatusCode, $"{address}: {answer.StatusCode}");
            Assert.Contains(type, answer.Content.Headers.ContentType!.MediaType, StringComparison.Ordinal);
            Assert.Contains("Accept", answer.Headers.Vary);
        }
    }
}
