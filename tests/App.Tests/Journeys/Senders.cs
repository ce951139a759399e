using CitiesOfLearning.DevHost.Senders;

namespace CitiesOfLearning.App.Tests.Journeys;

/// <summary>Senders that try again until the hub has said yes, as the better ones do.</summary>
internal sealed class Senders(HubProcess hub)
{
    private const int AtOnce = 16;

    // Azurite takes longer over each message the more of them wait.
    private const int AtATime = 100;
    private const int MostWaiting = 32;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private int _acknowledged;

    public int Acknowledged => _acknowledged;

    public async Task SendAsync(IEnumerable<Lazy<SampleRequest>> deliveries)
    {
        var state = new KeptState(hub);
        foreach (var some in deliveries.Chunk(AtATime))
        {
            await SendAtOnceAsync(some);
            await Wait.UntilAsync(async () => await state.WaitingAsync() <= MostWaiting, Patience, () => "The hub does not keep up.");
        }
    }

    private Task SendAtOnceAsync(IEnumerable<Lazy<SampleRequest>> deliveries) => Parallel.ForEachAsync(
        deliveries,
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken },
        async (delivery, cancel) =>
        {
            while (!await TrySendAsync(delivery.Value, cancel))
            {
                await Task.Delay(Pause, cancel);
            }

            Interlocked.Increment(ref _acknowledged);
        });

    private async Task<bool> TrySendAsync(SampleRequest delivery, CancellationToken cancel)
    {
        try
        {
            using var message = SampleHub.Message(delivery);
            using var answer = await hub.Client.SendAsync(message, cancel);
            Assert.True(answer.IsSuccessStatusCode || (int)answer.StatusCode >= 500, $"{answer.StatusCode}");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // It was killed, before or after it had kept the delivery: nobody can tell.
            return false;
        }
    }
}
