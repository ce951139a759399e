using System.Net;
using CitiesOfLearning.Local.Worker;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Tests.Host;

public sealed class HttpRoutingTests
{
    [Theory]
    [InlineData("things/7", "AnyThing 7")]
    [InlineData("things/special", "AnyThing special")] // the literal's function is named later
    [InlineData("THINGS/7", "AnyThing 7")]
    [InlineData("cased/x", "aCasedFirst x")] // ordinal, but ignoring case: a before B
    [InlineData("numbers/12", "Number 12")]
    [InlineData("badges/abc.png", "BadgeAsPng abc")]
    [InlineData("badges/abc", "BadgePage abc")]
    [InlineData("files/a/b/c.txt", "Files a/b/c.txt")]
    [InlineData("pages", "Pages 0")]
    [InlineData("pages/3", "Pages 3")]
    [InlineData("ids/3f2504e0-4f89-11d3-9a0c-0305e82c3301", "Ids 3f2504e0-4f89-11d3-9a0c-0305e82c3301")]
    [InlineData("regex/abc", "Regex abc")]
    public async Task The_first_function_by_name_that_matches_answers(string path, string expected)
    {
        await using var host = await TestHost.StartAsync(typeof(Functions));

        var answer = await host.Client.GetStringAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer);
    }

    [Theory]
    [InlineData("GET", "nowhere")]
    [InlineData("GET", "numbers/twelve")]
    [InlineData("GET", "ids/12")]
    [InlineData("POST", "things/7")]
    [InlineData("OPTIONS", "things/7")]
    [InlineData("HEAD", "things/7")] // only where it is listed
    [InlineData("GET", "api/things/7")] // host.json empties the prefix
    public async Task What_matches_nothing_is_an_empty_404(string method, string path)
    {
        await using var host = await TestHost.StartAsync(typeof(Functions));

        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Null(response.Content.Headers.ContentType);
    }

    [Fact]
    public async Task Head_works_where_it_is_listed()
    {
        await using var host = await TestHost.StartAsync(typeof(Functions));

        using var request = new HttpRequestMessage(HttpMethod.Head, "headed");
        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_function_without_methods_takes_every_method()
    {
        await using var host = await TestHost.StartAsync(typeof(Functions));

        using var response = await host.Client.DeleteAsync("any", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task The_route_prefix_of_host_json_comes_first_and_settings_override_it()
    {
        await using var host = await TestHost.StartAsync(
            [typeof(Functions)], _ => { }, "--AzureFunctionsJobHost:extensions:http:routePrefix=api");

        var answer = await host.Client.GetStringAsync("api/things/7", TestContext.Current.CancellationToken);

        Assert.Equal("AnyThing 7", answer);
    }

    [Fact]
    public async Task Paths_under_local_belong_to_the_laptop()
    {
        await using var host = await TestHost.StartAsync(typeof(LocalTaker));

        using var response = await host.Client.GetAsync("local/no-such-page", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public void Two_functions_of_one_name_are_refused()
    {
        var gather = () => FunctionCatalogue.From([typeof(Functions), typeof(Twin)]);

        Assert.Throws<InvalidOperationException>(gather);
    }

    public sealed class Functions
    {
        [Function("AnyThing")]
        public IResult AnyThing([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/{id}")] HttpRequest request, string id)
        {
            return Results.Text($"AnyThing {id}");
        }

        [Function("SpecialThing")]
        public IResult SpecialThing([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/special")] HttpRequest request)
        {
            return Results.Text("SpecialThing");
        }

        [Function("BCasedSecond")]
        public IResult CasedSecond([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "cased/x")] HttpRequest request)
        {
            return Results.Text("BCasedSecond");
        }

        [Function("aCasedFirst")]
        public IResult CasedFirst([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "cased/{x}")] HttpRequest request, string x)
        {
            return Results.Text($"aCasedFirst {x}");
        }

        [Function("Number")]
        public IResult Number([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "numbers/{n:int}")] HttpRequest request, int n)
        {
            return Results.Text($"Number {n}");
        }

        [Function("BadgeAsPng")]
        public IResult Png([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "badges/{awardId}.png")] HttpRequest request, string awardId)
        {
            return Results.Text($"BadgeAsPng {awardId}");
        }

        [Function("BadgePage")]
        public IResult Page([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "badges/{awardId}")] HttpRequest request, string awardId)
        {
            return Results.Text($"BadgePage {awardId}");
        }

        [Function("Files")]
        public IResult Files([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "files/{**path}")] HttpRequest request, string path)
        {
            return Results.Text($"Files {path}");
        }

        [Function("Pages")]
        public IResult Pages([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "pages/{n:int?}")] HttpRequest request, int n)
        {
            return Results.Text($"Pages {n}");
        }

        [Function("Ids")]
        public IResult Ids([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "ids/{id:guid}")] HttpRequest request, Guid id)
        {
            return Results.Text($"Ids {id}");
        }

        [Function("Regex")]
        public IResult Regex([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "regex/{x:regex(^[a-c]+$)}")] HttpRequest request, string x)
        {
            return Results.Text($"Regex {x}");
        }

        [Function("headed")]
        public IResult Headed([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head")] HttpRequest request)
        {
            return Results.Text("headed");
        }

        [Function("any")]
        public IResult Any([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request)
        {
            return Results.Text(request.Method);
        }
    }

    public sealed class Twin
    {
        [Function("ANYTHING")]
        public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "twin")] HttpRequest request)
        {
            return Results.Ok();
        }
    }

    public sealed class LocalTaker
    {
        [Function("LocalTaker")]
        public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "{**path}")] HttpRequest request)
        {
            return Results.Ok();
        }
    }
}
