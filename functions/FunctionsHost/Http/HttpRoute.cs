using CitiesOfLearning.FunctionsHost.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Constraints;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.Options;

namespace CitiesOfLearning.FunctionsHost.Http;

/// <summary>One HTTP function's template, its constraints and its methods.</summary>
internal sealed class HttpRoute
{
    private static readonly DefaultInlineConstraintResolver Constraints = Resolver();

    private readonly TemplateMatcher _matcher;
    private readonly (string Parameter, IRouteConstraint Constraint)[] _constraints;
    private readonly IReadOnlyList<string> _methods;

    public HttpRoute(LoadedFunction function, string routePrefix)
    {
        Function = function;
        _methods = function.Texts("methods");
        Template = TemplateParser.Parse(
            $"{routePrefix.Trim('/')}/{(function.Text("route") ?? function.Name).TrimStart('/')}".TrimStart('/'));

        var defaults = new RouteValueDictionary();
        foreach (var parameter in Template.Parameters.Where(p => p.DefaultValue is not null))
        {
            defaults[parameter.Name!] = parameter.DefaultValue;
        }

        _matcher = new TemplateMatcher(Template, defaults);
        _constraints = [.. Template.Parameters.SelectMany(p => p.InlineConstraints.Select(c => (p.Name!, Resolve(p, c.Constraint))))];
    }

    public LoadedFunction Function { get; }

    public RouteTemplate Template { get; }

    /// <summary>The app's routes in the order in which the Functions host tries them: of function names, ignoring case.</summary>
    public static HttpRoute[] Of(WorkerChannel worker, string routePrefix) =>
        [.. worker.Functions.Where(f => f.IsTriggeredBy("http")).Select(f => new HttpRoute(f, routePrefix))];

    /// <summary>The first that fits, with the values of its parameters; null is a 404, for a wrong method too.</summary>
    public static (LoadedFunction Function, Dictionary<string, TypedData> Values)? Find(HttpRoute[] routes, HttpRequest request)
    {
        foreach (var route in routes)
        {
            var values = new RouteValueDictionary();
            if (route.Accepts(request.Method) && route.Matches(request.Path, values))
            {
                // The worker takes route values from the invocation alone, never from its own routing.
                return (route.Function, values
                    .Where(v => v.Value is not null)
                    .ToDictionary(v => v.Key, v => new TypedData { String = v.Value!.ToString() }));
            }
        }

        return null;
    }

    public bool Accepts(string method) => _methods.Count == 0 || _methods.Contains(method, StringComparer.OrdinalIgnoreCase);

    public bool Matches(PathString path, RouteValueDictionary values) =>
        _matcher.TryMatch(path, values)
        && Array.TrueForAll(_constraints, c => c.Constraint.Match(null, null, c.Parameter, values, RouteDirection.IncomingRequest));

    private static IRouteConstraint Resolve(TemplatePart parameter, string text)
    {
        var constraint = Constraints.ResolveConstraint(text)
            ?? throw new InvalidOperationException($"Route constraint '{text}' is not known.");
        return parameter.IsOptional ? new OptionalRouteConstraint(constraint) : constraint;
    }

    private static DefaultInlineConstraintResolver Resolver()
    {
        var options = new RouteOptions();
        options.SetParameterPolicy<RegexInlineRouteConstraint>("regex");
        return new DefaultInlineConstraintResolver(Options.Create(options), NoServices.Instance);
    }

    private sealed class NoServices : IServiceProvider
    {
        public static readonly NoServices Instance = new();

        public object? GetService(Type serviceType) => null;
    }
}
