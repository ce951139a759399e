using CitiesOfLearning.App.Shared.Http;
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
        string name) => Schemas.Find(name) is { } schema ? Reply.Public(schema) : Problems.NotFound();
}
