using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace CitiesOfLearning.App.Tests.Http;

/// <summary>A badge that no city here issued, over HTTP: three answers with their reasons, and a page on which it can do no harm.</summary>
public sealed class ForeignBadgeRequestTests : IDisposable
{
    private const string Hostile = "\"><script>alert(1)</script><img src=x onerror=alert(2)>";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Did => "did:jwk:" + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Jwk().ToJsonString()));

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task The_API_gives_three_answers_and_the_reason_of_each()
    {
        var report = JsonNode.Parse(await VerifyAsync(Token(_ => { }), "application/json"))!;

        Assert.Equal(("yes", "yes", "unknown"), Answers(report));
        Assert.Equal("Tide tables", (string)report["badge"]!["name"]!);
        Assert.Equal(
            (Did, "A college", false),
            ((string)report["issuer"]!["id"]!, (string)report["issuer"]!["name"]!, (bool)report["issuer"]!["known"]!));
        Assert.Equal("The signature fits: nothing has been changed.", Reason(report, "proof"));
        Assert.Equal("The key belongs to the issuer.", Reason(report, "key"));
        Assert.Equal("The issuer keeps no list of badges taken back for it.", Reason(report, "revocation"));
        Assert.Equal("We do not know this issuer, so we cannot say whether it may award this badge.", Reason(report, "achievement"));
    }

    [Fact]
    public async Task The_API_says_why_not()
    {
        var token = Token(_ => { });
        var end = token.LastIndexOf('.');
        var forged = $"{token[..end]}.{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(64))}";
        var unreachable = Token(c => c["credentialStatus"] = JsonNode.Parse(
            """{ "type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "7", "statusListCredential":""" +
            """ "https://college.invalid/status/1" }"""));
        var expired = Token(c => (c["validUntil"], c["exp"]) = ("2025-06-01T00:00:00Z", 1_748_736_000));

        var ofForged = JsonNode.Parse(await VerifyAsync(forged, "application/json"))!;
        var ofUnreachable = JsonNode.Parse(await VerifyAsync(unreachable, "application/json"))!;
        var ofExpired = JsonNode.Parse(await VerifyAsync(expired, "application/json"))!;

        Assert.Equal(("no", "unknown", "unknown"), Answers(ofForged));
        Assert.Equal("The signature does not fit: something was changed after signing.", Reason(ofForged, "proof"));
        Assert.Null(ofForged["badge"]);
        Assert.Equal(("yes", "unknown", "unknown"), Answers(ofUnreachable));
        Assert.Equal("We could not fetch the issuer’s list of badges taken back.", Reason(ofUnreachable, "revocation"));
        Assert.Equal(("yes", "no", "unknown"), Answers(ofExpired));
        Assert.StartsWith("It ran out on ", Reason(ofExpired, "dates"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_the_page_a_hostile_badge_is_nothing_but_text()
    {
        var token = Token(c =>
        {
            var achievement = c["credentialSubject"]!["achievement"]!;
            (c["issuer"]!["name"], c["issuer"]!["url"]) = (Hostile, "javascript:alert(3)");
            (achievement["name"], achievement["description"], achievement["inLanguage"]) = (Hostile, Hostile, "en\" onclick=\"alert(4)");
            achievement["criteria"] = new JsonObject { ["narrative"] = Hostile, ["id"] = "javascript:alert(5)" };
            achievement["image"] = new JsonObject { ["id"] = "https://mallory.example/pixel.png", ["caption"] = Hostile };
            achievement["alignment"] = new JsonArray(new JsonObject { ["targetName"] = Hostile, ["targetUrl"] = "javascript:alert(6)" });
            c["credentialSubject"]!["source"] = new JsonObject { ["name"] = Hostile };
        });

        using var page = await new HtmlParser().ParseDocumentAsync(await VerifyAsync(token, "text/html"));

        Assert.Equal(Hostile, page.QuerySelector(".reported h2")!.TextContent);
        Assert.Empty(page.QuerySelectorAll(".reported script, .reported img"));
        Assert.DoesNotContain(
            page.All,
            e => e.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)
                || a.Value.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase)));
        Assert.DoesNotContain(
            page.All, e => e.Attributes.Any(a => a.Name is "href" or "src" && a.Value.Contains("mallory", StringComparison.Ordinal)));
        Assert.DoesNotContain("alert(", string.Concat(page.QuerySelectorAll("script").Select(s => s.TextContent)));
    }

    private static (string Authentic, string Current, string Authorised) Answers(JsonNode report) =>
        ((string)report["answers"]!["authentic"]!, (string)report["answers"]!["current"]!, (string)report["answers"]!["authorised"]!);

    private static string Reason(JsonNode report, string check) =>
        (string)report["checks"]!.AsArray().Single(c => (string)c!["id"]! == check)!["detail"]!;

    private static async Task<string> VerifyAsync(string token, string accept)
    {
        using var hub = await SharedHub.ClientAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "verify")
        {
            Content = new StringContent(token, Encoding.ASCII, new MediaTypeHeaderValue("application/vc+jwt"))
        };
        request.Headers.Accept.ParseAdd(accept);
        using var answer = await hub.SendAsync(request, Cancel);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Cancel);
    }

    private JsonObject Jwk()
    {
        var point = _key.ExportParameters(false).Q;
        return new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["x"] = Base64Url.EncodeToString(point.X),
            ["y"] = Base64Url.EncodeToString(point.Y)
        };
    }

    private string Token(Action<JsonObject> change)
    {
        var credential = JsonNode.Parse(
            $$"""
            {
              "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
              "id": "https://college.example/badges/1", "type": ["VerifiableCredential", "OpenBadgeCredential"],
              "issuer": { "id": "{{Did}}", "type": ["Profile"], "name": "A college" }, "validFrom": "2025-01-02T03:04:05Z",
              "credentialSubject": { "id": "urn:uuid:1d9e2f0a-52c2-4c0a-9c58-7f4b1c6f3f12", "type": ["AchievementSubject"], "achievement": {
                "id": "https://college.example/classes/tides", "type": ["Achievement"], "name": "Tide tables", "description": "Reads them.",
                "criteria": { "narrative": "Read three." } } },
              "iss": "{{Did}}", "jti": "https://college.example/badges/1", "sub": "urn:uuid:1d9e2f0a-52c2-4c0a-9c58-7f4b1c6f3f12",
              "nbf": 1735787045
            }
            """)!.AsObject();
        change(credential);
        var header = new JsonObject { ["alg"] = "ES256", ["kid"] = $"{Did}#0", ["typ"] = "JWT" };
        var input = $"{Part(header)}.{Part(credential)}";
        return $"{input}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256))}";
    }

    private static string Part(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
