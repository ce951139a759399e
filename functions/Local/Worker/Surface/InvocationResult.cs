using CitiesOfLearning.Local.Worker;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>What the function returned; a middleware may replace it, or set null once it has answered itself.</summary>
public sealed class InvocationResult
{
    private readonly LocalFunctionContext context;

    internal InvocationResult(LocalFunctionContext context)
    {
        this.context = context;
    }

    public object? Value
    {
        get => context.Result;
        set => context.Result = value;
    }
}
