using CitiesOfLearning.FunctionsHost.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace CitiesOfLearning.App.Tests.Host;

/// <summary>
/// Pairs of routes that both match some path, so that the host would choose by the order of names. Paths are tried, not compared on paper:
/// each route is filled in with the other's literals and with usual values.
/// </summary>
internal static class RouteOverlaps
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    private static readonly string[] UsualValues = ["x", "5", "3f2504e0-4f89-11d3-9a0c-0305e82c3301", "x.json", "x.png", "true"];

    public static HttpRoute[] Routes(IEnumerable<Type> classes, string routePrefix) =>
    [
        .. FunctionCatalogue.From(classes)
            .Select(f => (f.Name, Trigger: FunctionCatalogue.Http(f.Method)))
            .Where(f => f.Trigger is not null)
            .Select(f => new HttpRoute(FunctionCatalogue.Loaded(f.Name, f.Trigger!), routePrefix)),
    ];

    public static IEnumerable<string> Among(HttpRoute[] routes)
    {
        for (var later = 1; later < routes.Length; later++)
        {
            for (var earlier = 0; earlier < later; earlier++)
            {
                if (Overlap(routes[earlier], routes[later]) is { } path)
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
