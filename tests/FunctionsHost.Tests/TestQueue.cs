using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace CitiesOfLearning.FunctionsHost.Tests;

/// <summary>A queue as the app's own code writes to it: base64 unless said otherwise.</summary>
internal sealed class TestQueue
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly QueueClient _client;

    private TestQueue(QueueClient client)
    {
        _client = client;
    }

    public static async Task<TestQueue> CreateAsync(
        string storage, string name, QueueMessageEncoding encoding = QueueMessageEncoding.Base64)
    {
        var client = Client(storage, name, encoding);
        await client.CreateIfNotExistsAsync(cancellationToken: TestContext.Current.CancellationToken);

        return new TestQueue(client);
    }

    public static Task UntilExistsAsync(string storage, string name)
    {
        return UntilAsync(async () => await Client(storage, name, QueueMessageEncoding.None).ExistsAsync());
    }

    /// <summary>Waits for the queue and a message in it, and returns its text.</summary>
    public static async Task<string> FirstAsync(
        string storage, string name, QueueMessageEncoding encoding = QueueMessageEncoding.Base64)
    {
        await UntilExistsAsync(storage, name);
        var client = Client(storage, name, encoding);
        string? text = null;
        await UntilAsync(async () => (text = (await client.PeekMessageAsync()).Value?.Body.ToString()) is not null);

        return text!;
    }

    public Task SendAsync(string text)
    {
        return _client.SendMessageAsync(text, TestContext.Current.CancellationToken);
    }

    public Task SendAsync(BinaryData bytes)
    {
        return _client.SendMessageAsync(bytes, cancellationToken: TestContext.Current.CancellationToken);
    }

    /// <summary>How many messages can be received now.</summary>
    public async Task<int> VisibleAsync()
    {
        return (await _client.PeekMessagesAsync(32, TestContext.Current.CancellationToken)).Value.Length;
    }

    public async Task<QueueMessage[]> ReceiveAsync(TimeSpan visibility) =>
        await _client.ReceiveMessagesAsync(32, visibility, TestContext.Current.CancellationToken);

    /// <summary>Waits until every message is deleted; those in somebody's hands count.</summary>
    public Task UntilEmptyAsync()
    {
        return UntilAsync(async () => (await _client.GetPropertiesAsync()).Value.ApproximateMessagesCount == 0);
    }

    private static QueueClient Client(string storage, string name, QueueMessageEncoding encoding)
    {
        return new QueueClient(storage, name, new QueueClientOptions { MessageEncoding = encoding });
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await holds())
        {
            await Task.Delay(50, patience.Token);
        }
    }
}
