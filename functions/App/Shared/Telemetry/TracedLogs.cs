using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.App.Shared.Telemetry;

/// <summary>
/// Ends each line with the trace that it belongs to. The Functions host, which writes the worker's log, is told the text and no scope.
/// </summary>
public sealed class TracedLogs(ILoggerFactory inner) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new Traced(inner.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public void Dispose() => inner.Dispose();

    private sealed class Traced(ILogger inner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            inner.Log(
                logLevel,
                eventId,
                state,
                exception,
                Activity.Current is { } now ? (s, e) => $"{formatter(s, e)} [{now.TraceId}]" : formatter);
    }
}
