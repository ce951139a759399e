using System.Text;
using CitiesOfLearning.App.Cities;
using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.App.Site;
using Microsoft.AspNetCore.Http;

namespace CitiesOfLearning.App.Tests.Pages;

public sealed class PageRendererTests
{
    private static readonly HomeView Home = new([]);

    [Theory]
    [InlineData("?lang=cy", "en", "cy")]
    [InlineData("?lang=xx", "cy-GB, en;q=0.5", "cy")]
    [InlineData("", "fr, en;q=0.4, cy;q=0.8", "cy")]
    [InlineData("?lang=cy_GB", "en", "cy")]
    [InlineData("?lang=CY", "en", "cy")]
    [InlineData("?lang=cyx", "en", "en")]
    [InlineData("", "CY-gb, en;q=0.5", "cy")]
    [InlineData("", "cy;q=0, en-US", "en")]
    [InlineData("", "fr", "en")]
    [InlineData("", null, "en")]
    public async Task The_reader_chooses_the_language_then_the_browser(string query, string? accepted, string expected)
    {
        var context = Request(query);
        context.Request.Headers.AcceptLanguage = accepted;

        var html = await SendAsync(context, Home);

        Assert.Contains($"<html lang=\"{expected}\">", html);
        Assert.Equal(expected, context.Response.Headers.ContentLanguage);
        Assert.Contains("Accept-Language", context.Response.Headers.Vary.ToString());
    }

    [Fact]
    public async Task A_city_decides_for_those_who_ask_for_nothing()
    {
        var context = Request("");

        var html = await SendAsync(context, new CityView(SomeCity.City with { Languages = ["cy", "en"] }));

        Assert.Contains("<html lang=\"cy\">", html);
    }

    [Fact]
    public async Task A_page_carries_its_security_headers_and_is_not_stored()
    {
        var context = Request("", "https");

        var html = await SendAsync(context, Home, StatusCodes.Status404NotFound);

        var headers = context.Response.Headers;
        Assert.Equal(404, context.Response.StatusCode);
        Assert.Equal(
            "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            headers.ContentSecurityPolicy);
        Assert.Equal("nosniff", headers.XContentTypeOptions);
        Assert.Equal("no-referrer", headers["Referrer-Policy"]);
        Assert.Contains("camera=()", headers["Permissions-Policy"].ToString());
        Assert.Contains("max-age", headers.StrictTransportSecurity.ToString());
        Assert.Equal("no-store", headers.CacheControl);
        Assert.Equal("text/html; charset=utf-8", context.Response.ContentType);
        Assert.Equal(Encoding.UTF8.GetByteCount(html), context.Response.ContentLength);
        Assert.Empty(headers.ETag.ToString());
    }

    [Fact]
    public async Task A_public_page_that_has_not_changed_is_not_sent_again()
    {
        var first = Request("");
        await SendAsync(first, Home, cacheControl: "public, max-age=300");
        var second = Request("");
        second.Request.Headers.IfNoneMatch = first.Response.Headers.ETag;

        var html = await SendAsync(second, Home, cacheControl: "public, max-age=300");

        Assert.Equal(304, second.Response.StatusCode);
        Assert.Empty(html);
    }

    [Fact]
    public async Task Head_gets_the_headers_alone()
    {
        var context = Request("");
        context.Request.Method = "HEAD";

        var html = await SendAsync(context, Home);

        Assert.Empty(html);
        Assert.True(context.Response.ContentLength > 0);
    }

    /// <summary>The worker serializes every result by reflection and sends that to the host.</summary>
    [Fact]
    public async Task The_result_has_nothing_to_serialize()
    {
        var result = await EveryPage.Renderer.RenderAsync(Request("").Request, Home);

        Assert.Empty(result.GetType().GetProperties());
    }

    [Theory]
    [InlineData("/a", "/a?lang=cy")]
    [InlineData("/a?x=1&lang=en#b", "/a?x=1&lang=cy#b")]
    [InlineData("http://hub.test/cities/p#spine-x", "/cities/p?lang=cy#spine-x")]
    public void A_link_keeps_the_language(string address, string expected)
    {
        var context = PageContext.For(Request("?lang=cy").Request, null, EveryPage.Urls);

        Assert.Equal(expected, context.Link(address));
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("http://hub.test.evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData(null)]
    public void Only_our_own_addresses_are_local(string? address)
    {
        var context = PageContext.For(Request("").Request, null, EveryPage.Urls);

        Assert.Null(context.Local(address));
    }

    [Fact]
    public void The_style_sheet_is_small_and_its_address_changes_with_it()
    {
        var asset = Assets.Find("hub.css")!;

        Assert.InRange(asset.Bytes.Length, 1000, 12 * 1024);
        Assert.Equal($"/assets/hub.css?v={asset.ETag[1..9]}", Assets.StyleSheet);
        Assert.Null(Assets.Find("../hub.css"));
        Assert.DoesNotContain("url(", Encoding.UTF8.GetString(asset.Bytes));
    }

    private static DefaultHttpContext Request(string query, string scheme = "http")
    {
        var context = new DefaultHttpContext();
        context.Request.Method = "GET";
        context.Request.Scheme = scheme;
        context.Request.Path = "/";
        context.Request.QueryString = new QueryString(query);
        return context;
    }

    private static async Task<string> SendAsync(HttpContext context, View view, int status = 200, string cacheControl = "no-store")
    {
        var body = new MemoryStream();
        context.Response.Body = body;
        await (await EveryPage.Renderer.RenderAsync(context.Request, view, status, cacheControl)).ExecuteAsync(context);
        return Encoding.UTF8.GetString(body.ToArray());
    }
}
