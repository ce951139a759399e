using CitiesOfLearning.FunctionsHost.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;

namespace CitiesOfLearning.App.Tests.Host;

/// <summary>
/// Pairs of routes that both match some path, where the order of names picks the less specific one, or where neither is
/// more specific. Paths are tried, not compared on paper: each route is filled in with the other's literals and with usual values.
/// </summary>
internal static class RouteOverlaps
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    private static readonly string[] UsualValues = ["x", "5", "3f2504e0-4f89-11d3-9a0c-0305e82c3301", "x.json", "x.png", "true"];

    public static IEnumerable<string> Among(IEnumerable<Type> classes, string routePrefix)
    {
        // FunctionCatalogue puts them in the order in which the host matches.
        var routes = FunctionCatalogue.From(classes)
            .Select(f => (f.Name, Trigger: FunctionCatalogue.Http(f.Method)))
            .Where(f => f.Trigger is not null)
            .Select(f => new HttpRoute(FunctionCatalogue.Loaded(f.Name, f.Trigger!), routePrefix)).ToArray();

        for (var later = 1; later < routes.Length; later++)
        {
            for (var earlier = 0; earlier < later; earlier++)
            {
                if (Overlap(routes[earlier], routes[later]) is { } path && !MoreSpecific(routes[earlier], routes[later]))
                {
                    yield return $"{path}: {Name(routes[earlier])} hides {Name(routes[later])}";
                }
            }
        }
    }

    private static string? Overlap(HttpRoute one, HttpRoute other)
    {
        return Methods.Any(method => one.Accepts(method) && other.Accepts(method))
            ? Paths(one, other).Concat(Paths(other, one)).FirstOrDefault(path => Matches(one, path) && Matches(other, path))
            : null;
    }

    private static bool Matches(HttpRoute route, string path)
    {
        return route.Matches(path, new RouteValueDictionary());
    }

    private static bool MoreSpecific(HttpRoute one, HttpRoute other)
    {
        return Precedence(one) < Precedence(other);
    }

    /// <summary>ASP.NET Core's own measure, segment by segment: a literal before a pattern before a parameter before a catch-all.</summary>
    private static decimal Precedence(HttpRoute route)
    {
        return RoutePatternFactory.Parse(route.Template.TemplateText!).InboundPrecedence;
    }

    private static IEnumerable<string> Paths(HttpRoute route, HttpRoute other)
    {
        var values = UsualValues.Concat(other.Template.Segments.Select(Filled)).Distinct().ToArray();
        IEnumerable<string> paths = [""];
        foreach (var segment in route.Template.Segments)
        {
            var choices = Choices(segment, values);
            paths = paths.SelectMany(path => choices.Select(choice => choice.Length == 0 ? path : $"{path}/{choice}"));
        }

        return paths.Select(path => path.Length == 0 ? "/" : path);
    }

    private static string[] Choices(TemplateSegment segment, string[] values)
    {
        switch (segment)
        {
            case { IsSimple: true, Parts: [{ IsLiteral: true } literal] }:
                return [literal.Text!];
            case { IsSimple: true, Parts: [{ IsCatchAll: true }] }:
                return [.. values, "", .. values.SelectMany(a => values.Select(b => $"{a}/{b}"))];
            case { IsSimple: true, Parts: [{ IsOptional: true }] }:
                return [.. values, ""];
            case { IsSimple: true }:
                return values;
            default:
                return [Filled(segment)];
        }
    }

    private static string Filled(TemplateSegment segment)
    {
        return string.Concat(segment.Parts.Select(part => part.IsLiteral || part.IsOptionalSeperator ? part.Text : "x"));
    }

    private static string Name(HttpRoute route)
    {
        return $"{route.Function.Name} ({route.Template.TemplateText})";
    }
}
