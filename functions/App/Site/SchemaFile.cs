using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Publishing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Site;

/// <summary>The published JSON schemas.</summary>
public sealed class SchemaFile
{
    [Function(nameof(SchemaFile))]
    public IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "schemas/{name}.json")] HttpRequest request,
        string name)
    {
        using var schema = typeof(CityDirectory).Assembly.GetManifestResourceStream($"CitiesOfLearning.Hub.Schemas.{name}.json");
        if (schema is null)
        {
            return Problems.NotFound();
        }

        var bytes = new byte[schema.Length];
        schema.ReadExactly(bytes);
        return Reply.Public(Published.Of(bytes, "application/schema+json", Published.Short));
    }
}
