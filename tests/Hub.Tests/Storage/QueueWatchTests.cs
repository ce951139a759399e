using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CitiesOfLearning.Hub.Tests.Storage;

public sealed class QueueWatchTests
{
    private readonly Lines _lines = new();
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task Empty_queues_and_queues_that_are_not_there_are_not_worth_a_line()
    {
        var (watch, _) = await StartAsync();

        await watch.LookAsync(TestContext.Current.CancellationToken);

        Assert.Empty(_lines.Said);
    }

    [Fact]
    public async Task A_message_that_waits_is_said_after_five_minutes()
    {
        var (watch, queues) = await StartAsync();
        await queues.GetQueueClient("mail").SendMessageAsync("one", TestContext.Current.CancellationToken);

        _time.Advance(TimeSpan.FromMinutes(4));
        await watch.LookAsync(TestContext.Current.CancellationToken);
        Assert.Empty(_lines.Said);

        _time.Advance(TimeSpan.FromMinutes(86.5));
        await watch.LookAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["Queue mail is behind: its first message waits 90 minutes already"], _lines.Said);
    }

    private async Task<(QueueWatch Watch, QueueServiceClient Queues)> StartAsync()
    {
        var account = await TestStorage.ConnectionStringAsync();
        var queues = new QueueServiceClient(account);
        var storage = new HubStorage(new TableServiceClient(account), new BlobServiceClient(account), queues);
        await storage.CreateAsync(TestContext.Current.CancellationToken);
        return (new QueueWatch(storage, _time, _lines), queues);
    }

    private sealed class Lines : ILogger<QueueWatch>
    {
        public List<string> Said { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) => Said.Add(formatter(state, exception));
    }
}
