using CitiesOfLearning.App.Shared.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Hooks;

/// <summary>
/// What a provider sees who opens the address in a browser or tries the connection. Says nothing of whether the source exists.
/// </summary>
public sealed class HookHello
{
    [Function(nameof(HookHello))]
    public IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = "hooks/{city}/{source}")] HttpRequest request) =>
        Reply.Text(
            "This address takes completion webhooks by POST. See docs/sources.md for how to set up the sender.\n",
            "text/plain; charset=utf-8")
            .With("Allow", "POST, GET, HEAD, OPTIONS");
}
