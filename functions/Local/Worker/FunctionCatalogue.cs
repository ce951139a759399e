using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.Local.Worker;

/// <summary>Every function, in the order of their names: the order in which the host matches routes.</summary>
internal static class FunctionCatalogue
{
    public static IReadOnlyList<LocalFunction> From(IEnumerable<Type> classes)
    {
        var functions = new SortedList<string, LocalFunction>(StringComparer.OrdinalIgnoreCase);
        foreach (var method in classes.SelectMany(Methods))
        {
            if (method.GetCustomAttribute<FunctionAttribute>() is { } function)
            {
                var trigger = method.GetParameters().Select(TriggerOf).FirstOrDefault(t => t is not null)
                    ?? throw new InvalidOperationException($"Function '{function.Name}' has no trigger.");
                if (!functions.TryAdd(function.Name, new LocalFunction(function.Name, method, trigger)))
                {
                    throw new InvalidOperationException($"Two functions are named '{function.Name}'.");
                }
            }
        }

        return functions.Values.AsReadOnly();
    }

    private static MethodInfo[] Methods(Type type)
    {
        return type is { IsClass: true, IsAbstract: false }
            ? type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            : [];
    }

    private static Attribute? TriggerOf(ParameterInfo parameter)
    {
        return parameter.GetCustomAttributes<Attribute>(inherit: false)
            .FirstOrDefault(a => a is HttpTriggerAttribute or QueueTriggerAttribute or TimerTriggerAttribute);
    }
}
