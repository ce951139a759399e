using CitiesOfLearning.Local.Worker;
using Microsoft.AspNetCore.Http;

namespace Microsoft.Azure.Functions.Worker;

public static class FunctionContextExtensions
{
    /// <summary>Null for queue and timer functions.</summary>
    public static HttpContext? GetHttpContext(this FunctionContext context)
    {
        return context.Items.TryGetValue(WebApplicationStep.HttpContextKey, out var value) ? value as HttpContext : null;
    }

    public static InvocationResult GetInvocationResult(this FunctionContext context)
    {
        return new InvocationResult((LocalFunctionContext)context);
    }
}
