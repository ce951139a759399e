using System.Collections.Concurrent;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace CitiesOfLearning.Tests.Apps.Sample;

/// <summary>
/// What functions did: in memory and, where <c>NotesFile</c> names one, in a file that another process may read meanwhile.
/// </summary>
public sealed class Notes(IConfiguration configuration)
{
    private readonly Lock _file = new();

    public ConcurrentQueue<string> Lines { get; } = new();

    public string? File { get; } = configuration["NotesFile"];

    /// <summary>Adds the process's id, so that a reader sees a worker that was started anew.</summary>
    public void Add(string line)
    {
        line = $"{line} {Environment.ProcessId}";
        Lines.Enqueue(line);
        if (File is null)
        {
            return;
        }

        lock (_file)
        {
            using var stream = new FileStream(File, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            using var writer = new StreamWriter(stream);
            writer.Write(line + "\n");
        }
    }
}

/// <summary>How often each function was called, as the worker's middleware saw it.</summary>
public sealed class Calls
{
    public ConcurrentDictionary<string, int> ByFunction { get; } = new();
}

public sealed record Greeting(string Text);

public sealed class CountingMiddleware(Calls calls) : IFunctionsWorkerMiddleware
{
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        calls.ByFunction.AddOrUpdate(context.FunctionDefinition.Name, 1, (_, count) => count + 1);
        return next(context);
    }
}

/// <summary>Refuses to start when <c>FailAtStart</c> says why.</summary>
public sealed class StartUpCheck(IConfiguration configuration) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        configuration["FailAtStart"] is { } reason ? throw new NotSupportedException(reason) : Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
