using CitiesOfLearning.App.Http;
using CitiesOfLearning.App.Pages;
using CitiesOfLearning.Hub;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Publishing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Functions;

/// <summary>The front page. An optional, always empty segment is how a function takes the root.</summary>
public sealed class Home(CityDirectory cities, PageRenderer pages)
{
    [Function(nameof(Home))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "{root:maxlength(0)?}")] HttpRequest request, CancellationToken cancellationToken) =>
        await pages.RenderAsync(request, new HomeView(await cities.AllAsync(cancellationToken)), cacheControl: CityAnswers.PageCache);
}

/// <summary>The style sheet and the logo.</summary>
public sealed class AssetFile
{
    [Function(nameof(AssetFile))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "assets/{name}")] HttpRequest request, string name) =>
        Assets.Find(name) is { } asset
            ? Reply.Bytes(asset.Bytes, asset.MediaType).With("ETag", asset.ETag).With("Cache-Control", Assets.CacheControl)
            : Problems.NotFound();
}

/// <summary>The published JSON schemas.</summary>
public sealed class SchemaFile
{
    [Function(nameof(SchemaFile))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "schemas/{name}.json")] HttpRequest request, string name)
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

/// <summary>The process runs.</summary>
public sealed class HealthLive
{
    [Function(nameof(HealthLive))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health/live")] HttpRequest request) =>
        Reply.Text("alive\n", "text/plain");
}

/// <summary>The hub can do its work; if not, what fails.</summary>
public sealed class HealthReady(Readiness readiness)
{
    [Function(nameof(HealthReady))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health/ready")] HttpRequest request, CancellationToken cancellationToken)
    {
        var failing = await readiness.FailingAsync(cancellationToken);
        return failing.Count == 0
            ? Reply.Text("ready\n", "text/plain")
            : Reply.Text($"failing: {string.Join(", ", failing)}\n", "text/plain", StatusCodes.Status503ServiceUnavailable);
    }
}

/// <summary>Whatever nothing else answers. Its name sorts last, because routes are matched in the order of function names.</summary>
public sealed class ZNothingHere
{
    [Function(nameof(ZNothingHere))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "put", "delete", Route = "{*path}")] HttpRequest request) =>
        Problems.NotFound();
}
