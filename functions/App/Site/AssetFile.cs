using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.App.Shared.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Site;

/// <summary>The style sheet and the logo.</summary>
public sealed class AssetFile
{
    [Function(nameof(AssetFile))]
    public IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "assets/{name}")] HttpRequest request,
        string name) =>
        Assets.Find(name) is { } asset
            ? Reply.Bytes(asset.Bytes, asset.MediaType).With("ETag", asset.ETag).With("Cache-Control", Assets.CacheControl)
            : Problems.NotFound();
}
