using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Tests.Host;

public sealed class RouteOverlapTests
{
    private static readonly Type[] App = System.Reflection.Assembly.Load("CitiesOfLearning.App").GetExportedTypes();

    [Fact]
    public void No_two_routes_of_the_app_overlap_so_that_the_order_of_names_decides_wrongly()
    {
        Assert.Empty(RouteOverlaps.Among(App, routePrefix: ""));
    }

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
    [InlineData(typeof(SuffixAfterParameter))]
    [InlineData(typeof(CatchAllFirst))]
    [InlineData(typeof(SamePattern))]
    [InlineData(typeof(Crossed))]
    public void A_pair_that_names_decide_wrongly_is_found(Type pair)
    {
        Assert.Single(RouteOverlaps.Among([pair], routePrefix: ""));
    }

    [Theory]
    [InlineData(typeof(LiteralBeforeParameter))]
    [InlineData(typeof(OtherMethods))]
    [InlineData(typeof(OtherConstraints))]
    public void A_pair_that_is_in_order_is_left_alone(Type pair)
    {
        Assert.Empty(RouteOverlaps.Among([pair], routePrefix: ""));
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
