using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.Hub.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Hooks;

/// <summary>RECEIVE.</summary>
public sealed class Hook(WebhookReceiver receiver, TimeProvider time)
{
    [Function(nameof(Hook))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "hooks/{city}/{source}")] HttpRequest request,
        string city,
        string source,
        CancellationToken cancellationToken)
    {
        var most = await receiver.MaxBodyBytesAsync(cancellationToken);
        if (await BoundedBody.ReadAsync(request.Body, request.ContentLength, most, cancellationToken) is not { } body)
        {
            return Problem(StatusCodes.Status413PayloadTooLarge, WebhookProblem.TooLarge(most));
        }

        var headers = request.Headers.Select(h => KeyValuePair.Create(h.Key, h.Value.ToString()));
        return await receiver.ReceiveAsync(
            city, source, new UnverifiedWebhook(body, headers, request.ContentType, time.GetUtcNow()), cancellationToken) switch
        {
            Receipt.Accepted { Answer: var answer } => Reply.Text(answer.Body, answer.ContentType, answer.Status),
            Receipt.Malformed { Problem: var problem } => Problem(StatusCodes.Status400BadRequest, problem),
            Receipt.TooLarge { Problem: var problem } => Problem(StatusCodes.Status413PayloadTooLarge, problem),
            Receipt.Unsupported { Problem: var problem } => Problem(StatusCodes.Status415UnsupportedMediaType, problem),
            _ => Reply.Problem(
                StatusCodes.Status401Unauthorized,
                "/problems/refused",
                "The delivery was refused",
                "Check the address and the secret with the city. The city's log says what was wrong."),
        };
    }

    private static Reply Problem(int status, WebhookProblem problem) => Reply.Problem(status, problem.Type, problem.Title, problem.Detail);
}
