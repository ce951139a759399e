using System.Reflection;
using System.Text.Json;
using CitiesOfLearning.FunctionsHost.Protocol;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Tests.Host;

/// <summary>
/// The functions of some classes, as their attributes say and in the order in which the Functions host matches their routes.
/// </summary>
internal static class FunctionCatalogue
{
    public static IReadOnlyList<(string Name, MethodInfo Method)> From(IEnumerable<Type> classes) =>
    [
        .. classes.SelectMany(c => c.GetMethods())
            .Where(m => m.GetCustomAttribute<FunctionAttribute>() is not null)
            .Select(m => (m.GetCustomAttribute<FunctionAttribute>()!.Name, m))
            .OrderBy(f => f.Name, StringComparer.OrdinalIgnoreCase),
    ];

    public static HttpTriggerAttribute? Http(MethodInfo method) =>
        method.GetParameters().Select(p => p.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(a => a is not null);

    /// <summary>As the worker would have it in its metadata.</summary>
    public static LoadedFunction Loaded(string name, HttpTriggerAttribute trigger)
    {
        var binding = new { type = "httpTrigger", name = "request", route = trigger.Route, methods = trigger.Methods };
        return LoadedFunction.From(new RpcFunctionMetadata { Name = name, RawBindings = { JsonSerializer.Serialize(binding) } });
    }
}
