using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Upkeep;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace CitiesOfLearning.App.Queues;

/// <summary>
/// When a message fails for the last time, writes down why: the host, which puts it into the poison queue next, does not say.
/// </summary>
internal sealed class LastAttempt(DeadLetters deadLetters) : IFunctionsWorkerMiddleware
{
    // maxDequeueCount in host.json.
    private const int MaxAttempts = 5;

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (QueueOf(context) is not null && IsLast(context))
        {
            var trigger = context.FunctionDefinition.InputBindings.Values.First(b => b.Type == "queueTrigger");
            if ((await context.BindInputAsync<string>(trigger)).Value is { } text)
            {
                await deadLetters.KeepAsync(QueueOf(context)!, text, e.GetType().Name, CancellationToken.None);
            }

            throw;
        }
    }

    private static string? QueueOf(FunctionContext context) => context.FunctionDefinition.Name switch
    {
        nameof(OnDelivery) => HubStorage.DeliveriesQueue,
        nameof(OnAward) => HubStorage.AwardsQueue,
        nameof(OnMail) => HubStorage.MailQueue,
        _ => null,
    };

    private static bool IsLast(FunctionContext context) =>
        int.TryParse(context.BindingContext.BindingData.GetValueOrDefault("DequeueCount")?.ToString(), out var count)
        && count >= MaxAttempts;
}
