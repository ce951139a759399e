using System.Diagnostics;
using CitiesOfLearning.App.Shared.Telemetry;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.App.Tests.Http;

public sealed class TracedLogTests : ILoggerProvider, ILogger
{
    private readonly List<string> _lines = [];

    [Fact]
    public void A_line_ends_with_the_trace_that_it_belongs_to()
    {
        using var logs = new TracedLogs(LoggerFactory.Create(b => b.AddProvider(this)));
        var log = logs.CreateLogger("hub");

        log.LogInformation("Nothing happens");
        using (var now = new Activity("claim").SetIdFormat(ActivityIdFormat.W3C).Start())
        {
            log.LogInformation("Claimed {Award}", "7K2Q");
            Assert.Equal(["Nothing happens", $"Claimed 7K2Q [{now.TraceId}]"], _lines);
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void Dispose()
    {
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Add(formatter(state, exception));
}
