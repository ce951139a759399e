using CitiesOfLearning.FunctionsHost.Http;
using CsCheck;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Tests.Host;

public sealed class RouteOverlapTests
{
    private static readonly Type[] App = System.Reflection.Assembly.Load("CitiesOfLearning.App").GetExportedTypes();

    private static readonly HttpRoute[] Routes = RouteOverlaps.Routes(App, routePrefix: "");

    [Fact]
    public void No_two_routes_of_the_app_overlap()
    {
        Assert.Empty(RouteOverlaps.Among(Routes));
    }

    /// <summary>A class is not named so that the host tries it before or after another.</summary>
    [Fact]
    public void Every_path_has_one_answer_whatever_the_functions_are_called()
    {
        string[] words =
        [
            "x", "x.json", "x.y.json", ".json", "x.", ".", "plymouth", "slip", "Revoke", "map-again", "image.png", "did.json\n",
            "héé", "a b",
            .. Routes.SelectMany(r => r.Template.Segments).SelectMany(s => s.Parts).Where(p => p.IsLiteral).Select(p => p.Text!).Distinct(),
        ];
        string[] methods = ["GET", "HEAD", "POST", "PUT", "DELETE"];
        var path = Gen.Select(
            OneOf(words).Array[0, 6],
            OneOf("", "/"),
            (segments, end) => $"/{string.Join('/', segments)}{(segments.Length > 0 ? end : "")}");

        Gen.Select(OneOf(methods), path).Sample(
            (method, p) => Routes.Count(r => r.Accepts(method) && r.Matches(p, [])) == 1, iter: 20_000);
    }

    private static Gen<string> OneOf(params string[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);

    [Fact]
    public void The_app_takes_no_path_that_the_host_reserves()
    {
        var routes = FunctionCatalogue
            .From(App)
            .Select(f => FunctionCatalogue.Http(f.Method))
            .OfType<HttpTriggerAttribute>()
            .Select(t => t.Route ?? "");

        Assert.DoesNotContain(routes, route => route.Split('/')[0] is "admin" or "runtime" or "local");
    }

    [Theory]
    [InlineData(typeof(LiteralAfterParameter))]
    [InlineData(typeof(LiteralBeforeParameter))]
    [InlineData(typeof(SuffixAfterParameter))]
    [InlineData(typeof(CatchAllFirst))]
    [InlineData(typeof(SamePattern))]
    [InlineData(typeof(Crossed))]
    public void A_pair_that_names_decide_is_found(Type pair)
    {
        Assert.Single(RouteOverlaps.Among(RouteOverlaps.Routes([pair], routePrefix: "")));
    }

    [Theory]
    [InlineData(typeof(OtherMethods))]
    [InlineData(typeof(OtherConstraints))]
    public void A_pair_that_no_path_has_in_common_is_left_alone(Type pair)
    {
        Assert.Empty(RouteOverlaps.Among(RouteOverlaps.Routes([pair], routePrefix: "")));
    }

    private sealed class LiteralAfterParameter
    {
        [Function("Badge")]
        public void Badge([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "badges/{id}")] HttpRequest request) { }

        [Function("NewBadge")]
        public void NewBadge([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "badges/new")] HttpRequest request) { }
    }

    private sealed class SuffixAfterParameter
    {
        [Function("Badge")]
        public void Badge([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "badges/{id}")] HttpRequest request) { }

        [Function("BadgePng")]
        public void BadgePng([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "badges/{id}.png")] HttpRequest request) { }
    }

    private sealed class CatchAllFirst
    {
        [Function("All")]
        public void All([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{**path}")] HttpRequest request) { }

        [Function("Badge")]
        public void Badge([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "badges/{id:guid}/{n:int}")] HttpRequest request) { }
    }

    private sealed class SamePattern
    {
        [Function("A")]
        public void A([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "badges/{id}")] HttpRequest request) { }

        [Function("B")]
        public void B([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "badges/{badge}")] HttpRequest request) { }
    }

    private sealed class Crossed
    {
        [Function("A")]
        public void A([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "{city}/status")] HttpRequest request) { }

        [Function("B")]
        public void B([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "plymouth/{page}")] HttpRequest request) { }
    }

    private sealed class LiteralBeforeParameter
    {
        [Function("AddBadge")]
        public void AddBadge([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "badges/new")] HttpRequest request) { }

        [Function("Badge")]
        public void Badge([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "badges/{id}")] HttpRequest request) { }
    }

    private sealed class OtherMethods
    {
        [Function("Badge")]
        public void Badge([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "badges/{id}")] HttpRequest request) { }

        [Function("NewBadge")]
        public void NewBadge([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "badges/new")] HttpRequest request) { }
    }

    private sealed class OtherConstraints
    {
        [Function("ById")]
        public void ById([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "badges/{id:guid}")] HttpRequest request) { }

        [Function("ByNumber")]
        public void ByNumber([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "badges/{n:int}")] HttpRequest request) { }
    }
}
