using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Constraints;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace CitiesOfLearning.Local.Worker;

/// <summary>One HTTP function's template, its constraints and its methods.</summary>
internal sealed class HttpRoute
{
    private static readonly DefaultInlineConstraintResolver Constraints = Resolver();

    private readonly TemplateMatcher matcher;
    private readonly (string Parameter, IRouteConstraint Constraint)[] constraints;
    private readonly string[] methods;

    public HttpRoute(LocalFunction function, string routePrefix)
    {
        Function = function;
        var trigger = (HttpTriggerAttribute)function.Trigger;
        methods = trigger.Methods ?? [];
        Template = TemplateParser.Parse($"{routePrefix.Trim('/')}/{(trigger.Route ?? function.Name).TrimStart('/')}".TrimStart('/'));

        var defaults = new RouteValueDictionary();
        foreach (var parameter in Template.Parameters.Where(p => p.DefaultValue is not null))
        {
            defaults[parameter.Name!] = parameter.DefaultValue;
        }

        matcher = new TemplateMatcher(Template, defaults);
        constraints = [.. Template.Parameters.SelectMany(p => p.InlineConstraints.Select(c => (p.Name!, Resolve(p, c.Constraint))))];
    }

    public LocalFunction Function { get; }

    public RouteTemplate Template { get; }

    public bool Accepts(string method)
    {
        return methods.Length == 0 || methods.Contains(method, StringComparer.OrdinalIgnoreCase);
    }

    public bool Matches(PathString path, RouteValueDictionary values)
    {
        return matcher.TryMatch(path, values)
            && Array.TrueForAll(constraints, c => c.Constraint.Match(null, null, c.Parameter, values, RouteDirection.IncomingRequest));
    }

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

        public object? GetService(Type serviceType)
        {
            return null;
        }
    }
}
