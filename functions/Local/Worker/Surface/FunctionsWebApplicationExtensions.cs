using CitiesOfLearning.Local.Worker;

namespace Microsoft.Azure.Functions.Worker.Builder;

public static class FunctionsWebApplicationExtensions
{
    /// <summary>Middleware added after this sees the HttpContext, and sees a result before it is executed.</summary>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder)
    {
        builder.Use(WebApplicationStep.Around);

        return builder;
    }
}
