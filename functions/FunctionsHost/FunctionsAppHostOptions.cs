using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CitiesOfLearning.FunctionsHost;

/// <summary>Which app to run, and how.</summary>
public sealed record FunctionsAppHostOptions
{
    /// <summary>
    /// Seven days. Storage takes no more for <see cref="MessageLease"/>:
    /// https://learn.microsoft.com/rest/api/storageservices/get-messages#uri-parameters
    /// </summary>
    public static readonly TimeSpan MaxMessageLease = TimeSpan.FromDays(7);

    /// <summary>The output folder of the built app: host.json, worker.config.json and the assembly lie there.</summary>
    public required string AppFolder { get; init; }

    /// <summary>Where HTTP is answered, on the loopback interface; 0 finds a free port.</summary>
    public required int Port { get; init; }

    /// <summary>
    /// As in an app's settings, with <c>:</c> between the parts of a name. The worker has them in its environment; connections of triggers,
    /// <c>%names%</c> in their bindings and <c>AzureFunctionsJobHost:…</c> are looked up here.
    /// </summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = FrozenDictionary<string, string?>.Empty;

    /// <summary>Requests are held, and queues and timers left alone, until this is done.</summary>
    public Task StorageReady { get; init; } = Task.CompletedTask;

    /// <summary>Sees each request before the app: answers it, or calls what it is given.</summary>
    public Func<HttpContext, Func<Task>, Task>? Before { get; init; }

    /// <summary>
    /// How long a message is out of sight while it is worked on, so how soon what a killed host had in hand comes back. The Functions host
    /// takes ten minutes. It must be longer than any queue function runs: it is not renewed.
    /// </summary>
    public TimeSpan? MessageLease { get; init; }

    /// <summary>Repeats messages, delays them, and kills the worker after their effect (README.md, "Chaos").</summary>
    public bool Chaos { get; init; }

    /// <summary>Of the timers, and of how long a request waits for a worker.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>For what the worker logs, under its own categories, and for what the host has to say.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;
}
