using CitiesOfLearning.FunctionsTesting.Worker;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CitiesOfLearning.FunctionsTesting;

/// <summary>What a factory of a Functions app can do beyond HTTP; what its <c>WithWebHostBuilder</c> returns can, too.</summary>
public static class FunctionsFactoryExtensions
{
    extension<TEntryPoint>(WebApplicationFactory<TEntryPoint> app)
        where TEntryPoint : class
    {
        /// <summary>The app's functions, in the order in which their routes are tried.</summary>
        public IReadOnlyList<FunctionDescription> Functions => WorkerOf(app).Functions;

        /// <summary>What the worker has sent to its host so far, oldest first; complete for each invocation that has ended.</summary>
        public IReadOnlyList<FunctionLog> Logs => [.. WorkerOf(app).Logs];

        /// <summary>Runs a function as its trigger would.</summary>
        /// <param name="function">The name in its <c>[Function]</c> attribute; case does not matter.</param>
        /// <param name="message">What stands in the message: text or <see cref="BinaryData"/> as it is, any other object as JSON.</param>
        /// <param name="metadata">
        /// What the trigger says beside the message, such as <c>DequeueCount</c> (1 unless given). Text as it is; other values as JSON.
        /// </param>
        /// <param name="cancellationToken">Is passed on to the function, whose end is then waited for.</param>
        /// <exception cref="FunctionFailedException">The function threw.</exception>
        /// <exception cref="ArgumentException">The app has no such function, or it is triggered by HTTP.</exception>
        public Task InvokeAsync(
            string function,
            object message,
            IReadOnlyDictionary<string, object?>? metadata = null,
            CancellationToken cancellationToken = default) =>
            app.TryInvokeAsync(function, message, metadata, cancellationToken).ThrowIfFailedAsync();

        /// <summary>As <c>InvokeAsync</c>, but a function that threw is an outcome.</summary>
        /// <inheritdoc cref="InvokeAsync"/>
        public Task<FunctionOutcome> TryInvokeAsync(
            string function,
            object message,
            IReadOnlyDictionary<string, object?>? metadata = null,
            CancellationToken cancellationToken = default) =>
            WorkerOf(app).InvokeAsync(function, f => Message.Of(message, metadata, f), metadata, cancellationToken);

        /// <summary>Runs a timer function.</summary>
        /// <param name="function">The name in its <c>[Function]</c> attribute; case does not matter.</param>
        /// <param name="isPastDue">What its <c>TimerInfo.IsPastDue</c> says.</param>
        /// <param name="cancellationToken">Is passed on to the function, whose end is then waited for.</param>
        /// <exception cref="FunctionFailedException">The function threw.</exception>
        /// <exception cref="ArgumentException">The app has no such function.</exception>
        public Task InvokeTimerAsync(string function, bool isPastDue = false, CancellationToken cancellationToken = default) =>
            WorkerOf(app).InvokeAsync(function, _ => Message.OfTimer(isPastDue), null, cancellationToken).ThrowIfFailedAsync();
    }

    private static async Task ThrowIfFailedAsync(this Task<FunctionOutcome> invocation)
    {
        if ((await invocation).Failure is { } failure)
        {
            throw failure;
        }
    }

    private static TestWorker WorkerOf<TEntryPoint>(WebApplicationFactory<TEntryPoint> app)
        where TEntryPoint : class =>
        app.Services.GetService<TestWorker>() ?? throw new InvalidOperationException(
            $"This factory hosts no Functions worker. Make it, or what it comes from, a FunctionsFactory<{typeof(TEntryPoint).Name}>.");
}
