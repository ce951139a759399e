using Microsoft.AspNetCore.Http;

namespace CitiesOfLearning.Local.Laptop;

/// <summary>Answers everything under /local.</summary>
internal sealed class LocalRoutes
{
    public Task HandleAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
