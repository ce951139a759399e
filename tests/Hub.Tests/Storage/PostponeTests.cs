using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Tests.Journeys;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Storage;

/// <summary>What passes is waited for, seven days; what does not pass is a person's at once.</summary>
public sealed class PostponeTests
{
    private static readonly AwardMessage.Issue Message = new(AwardId.Parse("7K2QM4XN8P7K2QM4XN8P7K2QM4"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<Exception> Passing =>
    [
        .. ((int[])[0, 401, 403, 408, 429, 500, 502, 503, 504]).Select(status => new RequestFailedException(status, "some")),
        new AggregateException("Retry failed", new RequestFailedException(0, "refused"), new RequestFailedException(0, "refused")),
        new AggregateException("Retry failed", new TaskCanceledException("The network timeout"), new TaskCanceledException()),
        new AuthenticationFailedException("no token"),
        new CredentialUnavailableException("no identity"),
        new HttpRequestException("no such host"),
        new SocketException(),
        new IOException("cut off"),
        new TimeoutException(),
        new TaskCanceledException(),
    ];

    public static TheoryData<Exception> Staying =>
    [
        .. ((int[])[400, 404, 409, 412, 413]).Select(status => new RequestFailedException(status, "some")),
        new AggregateException("some", new InvalidOperationException()),
        new InvalidOperationException("a rule"),
        new NullReferenceException("a bug"),
        new KeyNotFoundException(),
        new FormatException(),
        new CryptographicException("does not verify"),
    ];

    [Theory]
    [MemberData(nameof(Passing), DisableDiscoveryEnumeration = true)]
    public async Task What_passes_puts_the_message_off(Exception thrown)
    {
        await using var hub = await HubUnderTest.StartAsync();

        await hub.Get<Postpone>().HandleAsync(Message with { Attempt = 2 }, (_, _) => throw thrown, Cancel);

        Assert.Equal([20], hub.Delays.All.Select(d => (int)d.TotalSeconds));
        var waiting = Assert.Single((await hub.Storage.AwardMessages.ReceiveMessagesAsync(32, cancellationToken: Cancel)).Value);
        Assert.Equal(Message with { Attempt = 3 }, AwardMessage.Read(waiting.Body.ToString()) with { TraceParent = null });
        Assert.Equal(9999, waiting.ExpiresOn!.Value.Year);
    }

    [Theory]
    [MemberData(nameof(Staying), DisableDiscoveryEnumeration = true)]
    public async Task What_does_not_pass_is_thrown(Exception thrown)
    {
        await using var hub = await HubUnderTest.StartAsync();

        Assert.Same(thrown, await Record.ExceptionAsync(() => hub.Get<Postpone>().HandleAsync(Message, (_, _) => throw thrown, Cancel)));
        Assert.Empty(hub.Delays.All);
    }

    [Fact]
    public async Task After_seven_days_what_passes_is_a_persons_too_and_the_host_that_stops_counts_for_nothing()
    {
        await using var hub = await HubUnderTest.StartAsync();
        using var stopping = new CancellationTokenSource();
        await stopping.CancelAsync();

        await Assert.ThrowsAsync<TimeoutException>(() => hub.Get<Postpone>().HandleAsync(
            Message with { Attempt = 40 }, (_, _) => throw new TimeoutException(), Cancel));
        await Assert.ThrowsAsync<OperationCanceledException>(() => hub.Get<Postpone>().HandleAsync(
            Message, (_, ct) => throw new OperationCanceledException(ct), stopping.Token));

        Assert.Empty(hub.Delays.All);
    }

    [Fact]
    public async Task The_longest_wait_is_six_hours_and_all_together_seven_days()
    {
        await using var hub = await HubUnderTest.StartAsync();
        for (var attempt = 0; attempt < 40; attempt++)
        {
            await hub.Get<Postpone>().PutOffAsync(Message with { Attempt = attempt }, TimeSpan.Zero, Cancel);
        }

        var waits = hub.Delays.All.ToArray();
        Assert.Equal(TimeSpan.FromHours(6), waits.Max());
        Assert.Equal(waits.Order(), waits);
        Assert.InRange(waits.Aggregate((a, b) => a + b), TimeSpan.FromDays(7), TimeSpan.FromDays(7.25));
        await hub.Get<Postpone>().PutOffAsync(Message, TimeSpan.FromMinutes(2), Cancel);
        Assert.Equal(TimeSpan.FromMinutes(2), hub.Delays.All.Last());
    }

    [Fact]
    public Task An_hour_without_the_vault_loses_and_doubles_nothing() => AnHourWithoutTheVaultAsync(50);

    [Fact(Explicit = true)]
    public Task An_hour_without_the_vault_loses_and_doubles_none_of_500_awards() => AnHourWithoutTheVaultAsync(500);

    [Fact]
    public async Task While_tables_and_blobs_are_away_at_the_socket_what_is_under_way_waits()
    {
        await using var hub = await HubUnderTest.StartAsync();
        await using var proxy = await StorageProxy.StartAsync(hub.Account);
        var addresses = Enumerable.Range(0, 6).Select(n => $"learner-{n}@example.org").ToArray();
        await Parallel.ForEachAsync(addresses, Cancel, async (address, _) => await hub.DeliverAsync(address));
        var back = hub.Time.GetUtcNow() + TimeSpan.FromSeconds(12);

        // The queues are there, or the host would have no message to give.
        proxy.Decide = call =>
            !call.Kind.Contains("message", StringComparison.Ordinal) && hub.Time.GetUtcNow() < back ? CallFate.Failed : CallFate.Answered;
        hub.Restart(proxy.ConnectionString);

        await AssertOneEachAsync(hub, addresses, await FlowAsync(hub));
        Assert.Equal([5, 10], hub.Delays.All.Select(d => (int)d.TotalSeconds).Distinct());
    }

    private static async Task AnHourWithoutTheVaultAsync(int awards)
    {
        await using var hub = await HubUnderTest.StartAsync();
        var addresses = Enumerable.Range(0, awards).Select(n => $"learner-{n}@example.org").ToArray();
        await Parallel.ForEachAsync(addresses, Cancel, async (address, _) => await hub.DeliverAsync(address));
        var back = hub.Time.GetUtcNow() + TimeSpan.FromHours(1);
        hub.Signer.IsAway = () => hub.Time.GetUtcNow() < back;

        var failures = await FlowAsync(hub);

        Assert.True(hub.Time.GetUtcNow() >= back, "Nobody waited for the vault.");
        Assert.True(hub.Delays.All.Count >= 8 * addresses.Length, $"Put off {hub.Delays.All.Count} times only.");
        await AssertOneEachAsync(hub, addresses, failures);
    }

    // As many workers at once do it: what is held back comes when it is due, and the clock moves on for all of them together.
    private static async Task<IReadOnlyCollection<Exception>> FlowAsync(HubUnderTest hub)
    {
        var failures = new ConcurrentQueue<Exception>();
        for (var idle = false; !idle;)
        {
            idle = true;
            foreach (var (queue, handle) in hub.Triggers)
            {
                var messages = await TakeAllAsync(queue);
                idle &= messages.Count == 0;
                await Parallel.ForEachAsync(messages, Cancel, async (message, _) =>
                {
                    try
                    {
                        await handle(message.Body.ToString(), Cancel);
                        await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, Cancel);
                    }
                    catch (Exception e)
                    {
                        failures.Enqueue(e);
                    }
                });
            }

            var due = TimeSpan.Zero;
            while (hub.Delays.TryTake(out var delay))
            {
                due = delay > due ? delay : due;
            }

            hub.Time.Advance(due);
        }

        return failures;
    }

    private static async Task<List<QueueMessage>> TakeAllAsync(QueueClient queue)
    {
        var all = new List<QueueMessage>();
        while ((await queue.ReceiveMessagesAsync(32, TimeSpan.FromMinutes(10), Cancel)).Value is { Length: > 0 } some)
        {
            all.AddRange(some);
        }

        return all;
    }

    // Nothing failed, so nothing was ever on its way to a poison queue.
    private static async Task AssertOneEachAsync(HubUnderTest hub, string[] addresses, IReadOnlyCollection<Exception> failures)
    {
        Assert.Empty(failures);
        var rows = await hub.Storage.Awards.QueryAsync<TableEntity>("RowKey eq 'award'", cancellationToken: Cancel).ToListAsync(Cancel);
        Assert.Equal(addresses.Length, rows.Count);
        Assert.All(rows, row => Assert.Equal((nameof(AwardState.Notified), 3), (row.GetString("State"), row.GetInt32("Events"))));
        Assert.Equal(addresses.Order(), hub.Mail.Posted.Select(m => m.To.ToString()).Order());
        Assert.Equal(addresses.Length, await hub.Storage.StatusEntries.QueryAsync<TableEntity>(e => e.PartitionKey != "plymouth")
            .CountAsync(Cancel));
    }
}
