using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Tests.Journeys;
using CitiesOfLearning.Hub.Upkeep;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Upkeep;

public sealed class DeadLettersTests : IAsyncLifetime
{
    private HubUnderTest _hub = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DeadLetters DeadLetters => _hub.Get<DeadLetters>();

    public async ValueTask InitializeAsync() => _hub = await HubUnderTest.StartAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task What_the_host_put_aside_is_moved_to_where_it_stays_whatever_it_is_and_however_much()
    {
        var id = await DecidedAsync("ada@example.org");
        var delivery = new DeliveryMessage(CityId.Parse("brighton"), "hub", "d", "b");
        await PoisonAsync(0, [delivery.Write(), "{}", "no JSON"]);
        await PoisonAsync(1, [.. Enumerable.Range(0, 40).Select(n => new AwardMessage.Issue(id) { Attempt = n }.Write()), "{}"]);
        await PoisonAsync(2, [new AwardChange(id, AwardEventKind.Issued, 2).Write()]);

        await DeadLetters.GatherAsync(Cancel);
        await DeadLetters.GatherAsync(Cancel);

        foreach (var poison in _hub.Storage.PoisonMessages)
        {
            Assert.Null((await poison.PeekMessageAsync(Cancel)).Value);
        }

        var page = await DeadLetters.ListAsync(SampleCity.Plymouth, 10, null, Cancel);
        Assert.Equal([$"awards.issue.{id}", $"mail.{id}"], page.Letters.Select(l => l.Id));
        Assert.Equal(2 + 1 + 3, await DeadLetters.AllAsync(Cancel).CountAsync(Cancel));
    }

    [Fact]
    public async Task The_reason_is_kept_when_the_hosts_copy_comes_after_it()
    {
        var message = new AwardMessage.Issue(await DecidedAsync("ada@example.org")).Write();

        await DeadLetters.KeepAsync("awards", message, "FormatException", Cancel);
        await PoisonAsync(1, [message]);
        await DeadLetters.GatherAsync(Cancel);

        Assert.Equal("FormatException", Assert.Single((await DeadLetters.ListAsync(SampleCity.Plymouth, 10, null, Cancel)).Letters).Error);
    }

    [Fact]
    public async Task What_is_replayed_goes_its_way_and_waits_no_longer()
    {
        var id = await DecidedAsync("ada@example.org");
        await _hub.Storage.AwardMessages.ClearMessagesAsync(Cancel);
        await DeadLetters.KeepAsync("awards", new AwardMessage.Issue(id) { Attempt = 40 }.Write(), "TimeoutException", Cancel);
        var letter = await DeadLetters.FindAsync(SampleCity.Plymouth, $"awards.issue.{id}", Cancel);

        Assert.True(await DeadLetters.ReplayAsync(letter!, Cancel));
        Assert.True(await DeadLetters.ReplayAsync(letter!, Cancel)); // as after a crash in between
        await _hub.PumpAsync();

        Assert.Equal(AwardState.Notified, (await _hub.AwardAsync(id)).State);
        Assert.Single(_hub.Mail.Posted);
        Assert.Empty((await DeadLetters.ListAsync(SampleCity.Plymouth, 10, null, Cancel)).Letters);
    }

    [Theory]
    [InlineData("awards.issue.7K2QM4XN8P7K2QM4XN8P7K2QM4")]
    [InlineData("../x")]
    [InlineData("a'b#?\\")]
    [InlineData("")]
    public async Task What_does_not_wait_is_not_found(string id) =>
        Assert.Null(await DeadLetters.FindAsync(SampleCity.Plymouth, id, Cancel));

    private async Task<AwardId> DecidedAsync(string address)
    {
        await _hub.DeliverAsync(address);
        var message = (await _hub.Storage.DeliveryMessages.ReceiveMessageAsync(cancellationToken: Cancel)).Value;
        await _hub.Get<DeliveryHandler>().HandleAsync(message.Body.ToString(), Cancel);
        await _hub.Storage.DeliveryMessages.DeleteMessageAsync(message.MessageId, message.PopReceipt, Cancel);
        return _hub.AwardIdOf(address);
    }

    private async Task PoisonAsync(int queue, IEnumerable<string> messages)
    {
        var poison = _hub.Storage.PoisonMessages[queue];
        await poison.CreateIfNotExistsAsync(cancellationToken: Cancel);
        foreach (var message in messages)
        {
            await poison.SendMessageAsync(message, Cancel);
        }
    }
}
