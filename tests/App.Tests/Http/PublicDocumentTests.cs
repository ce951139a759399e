using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CitiesOfLearning.App.Tests.Http;

/// <summary>What anyone may fetch: each in the right media type, cacheable, asked about by HEAD and If-None-Match.</summary>
public sealed class PublicDocumentTests
{
    private const string Badge = "cities/plymouth/badges/python-beginner";

    /// <summary>Path, what to accept, media type, seconds to keep.</summary>
    public static TheoryData<string, string, string, int> Documents => new()
    {
        { "", "text/html", "text/html", 300 },
        { "verify", "text/html", "text/html", 300 },
        { "cities/plymouth", "text/html", "text/html", 300 },
        { "cities/plymouth", "application/json", "application/ld+json", 300 },
        { "cities/plymouth/catalogue", "text/html", "text/html", 300 },
        { "cities/plymouth/catalogue", "application/json", "application/json", 300 },
        { "cities/plymouth/did.json", "*/*", "application/did+ld+json", 300 },
        { "cities/plymouth/image.png", "image/*", "image/png", 300 },
        { Badge, "text/html", "text/html", 300 },
        { Badge, "application/json", "application/ld+json", 300 },
        { Badge + "/v1", "text/html", "text/html", 300 },
        { Badge + "/v1", "application/json", "application/ld+json", 31536000 },
        { Badge + "/v1.json", "*/*", "application/ld+json", 31536000 },
        { Badge + "/v1.cy.json", "*/*", "application/ld+json", 31536000 },
        { Badge + "/v1.png", "image/*", "image/png", 31536000 },
        { Badge + "/v1.svg", "image/*", "image/svg+xml", 31536000 },
        { ".well-known/jwks.json", "*/*", "application/jwk-set+json", 300 },
        { "schemas/completion.json", "*/*", "application/schema+json", 300 },
        { "assets/hub.css", "text/css", "text/css", 31536000 },
        { "assets/logo.svg", "image/*", "image/svg+xml", 31536000 },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Can_be_kept_and_asked_about_again(string path, string accept, string mediaType, int seconds)
    {
        using var hub = await SharedHub.ClientAsync();

        await CanBeKeptAsync(hub, path, accept, mediaType, seconds);
    }

    [Fact]
    public async Task So_can_the_key_and_the_status_list_that_a_badge_names()
    {
        using var hub = await SharedHub.ClientAsync();
        var badge = await ClaimedBadge.OneAsync();
        var jwt = await badge.FileAsync(hub, "jwt");
        var header = JsonNode.Parse(Base64Url.DecodeFromUtf8(jwt.AsSpan(0, jwt.IndexOf((byte)'.'))))!;
        var status = JsonNode.Parse(await badge.FileAsync(hub, "json"))!["credentialStatus"]!;

        await CanBeKeptAsync(hub, (string)header["kid"]!, "*/*", "application/jwk+json", 31536000);
        await CanBeKeptAsync(hub, (string)status["statusListCredential"]!, "*/*", "application/vc+jwt", 60);
    }

    private static async Task CanBeKeptAsync(HttpClient hub, string path, string accept, string mediaType, int seconds)
    {
        using var got = await SendAsync(hub, HttpMethod.Get, path, accept);
        using var again = await SendAsync(hub, HttpMethod.Get, path, accept, got.Headers.ETag);
        using var head = await SendAsync(hub, HttpMethod.Head, path, accept);

        Assert.Equal(HttpStatusCode.OK, got.StatusCode);
        Assert.Equal(mediaType, got.Content.Headers.ContentType!.MediaType);
        Assert.True(got.Headers.CacheControl!.Public);
        Assert.Equal(seconds, got.Headers.CacheControl.MaxAge!.Value.TotalSeconds);
        Assert.Equal("nosniff", got.Headers.GetValues("X-Content-Type-Options").Single());
        var body = await got.Content.ReadAsByteArrayAsync(Cancel);
        Assert.NotEmpty(body);

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(got.Headers.ETag, again.Headers.ETag);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync(Cancel));

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(body.Length, head.Content.Headers.ContentLength);
        Assert.Equal(got.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal(got.Headers.ETag, head.Headers.ETag);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancel));
    }

    [Fact]
    public async Task A_badge_class_is_an_achievement_whose_picture_can_be_fetched()
    {
        using var hub = await SharedHub.ClientAsync();

        var achievement = JsonNode.Parse(await hub.GetStringAsync(Badge + "/v1.json", Cancel))!;
        var picture = await hub.GetByteArrayAsync((string)achievement["image"]!["id"]!, Cancel);

        Assert.Equal(new Uri(hub.BaseAddress!, Badge + "/v1").AbsoluteUri, (string)achievement["id"]!);
        Assert.Equal("Achievement", (string)achievement["type"]![0]!);
        Assert.Equal(
            new Uri(hub.BaseAddress!, "cities/plymouth").AbsoluteUri,
            achievement["creator"] is JsonObject creator ? (string)creator["id"]! : (string?)achievement["creator"]);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], picture[..4]);
    }

    [Fact]
    public async Task A_drawing_may_not_run_or_load_anything()
    {
        using var hub = await SharedHub.ClientAsync();

        using var drawing = await hub.GetAsync(Badge + "/v1.svg", Cancel);

        Assert.Equal("default-src 'none'; style-src 'unsafe-inline'", drawing.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Fact]
    public async Task The_schema_of_completions_is_one_and_says_its_own_address()
    {
        using var hub = await SharedHub.ClientAsync();

        using var schema = JsonDocument.Parse(await hub.GetStringAsync("schemas/completion.json", Cancel));

        Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema.RootElement.GetProperty("$schema").GetString());
        Assert.Equal("object", schema.RootElement.GetProperty("type").GetString());
    }

    private static async Task<HttpResponseMessage> SendAsync(
        HttpClient hub, HttpMethod method, string path, string accept, EntityTagHeaderValue? known = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Accept.ParseAdd(accept);
        if (known is not null)
        {
            request.Headers.IfNoneMatch.Add(known);
        }

        return await hub.SendAsync(request, Cancel);
    }
}
