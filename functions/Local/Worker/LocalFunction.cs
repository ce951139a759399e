using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.Local.Worker;

/// <summary>One method marked with [Function], and the attribute that says what triggers it.</summary>
internal sealed class LocalFunction(string name, MethodInfo method, Attribute trigger) : FunctionDefinition
{
    private MethodInvoker? invoker;
    private PropertyInfo? taskResult;

    public override string Name { get; } = name;

    public Attribute Trigger { get; } = trigger;

    public Type Class { get; } = method.DeclaringType!;

    public Type ReturnType { get; } = method.ReturnType;

    public ParameterInfo[] Parameters { get; } = method.GetParameters();

    public async Task<object?> CallAsync(object instance, object?[] arguments)
    {
        // The invoker reflects at first and emits code only once a function is called again: nothing is compiled at start.
        invoker ??= MethodInvoker.Create(method);
        switch (invoker.Invoke(instance, arguments))
        {
            case Task task:
                await task;

                return ReturnType.IsGenericType ? ResultOf(task) : null;
            case var value:
                return value;
        }
    }

    private object? ResultOf(Task task)
    {
        taskResult ??= ReturnType.GetProperty(nameof(Task<>.Result))!;

        return taskResult.GetValue(task);
    }
}
