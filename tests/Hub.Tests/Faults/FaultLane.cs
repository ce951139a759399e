using Azure;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Claims;
using CitiesOfLearning.Hub.Tests.Journeys;
using CitiesOfLearning.Hub.Verification;
using CitiesOfLearning.Hub.Webhooks;
using CitiesOfLearning.OpenBadges.Baking;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Faults;

/// <summary>
/// A hub and its host, with a proxy between them and storage, in which one badge after the other goes its way from hook to mail. Faults
/// come by the socket, so the clients' own retries are above them.
/// </summary>
internal sealed class FaultLane : IAsyncDisposable
{
    // So long a message is out of sight while it is worked on: so soon it comes back when the worker has died.
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(2);

    private const int MaxAttempts = 5;

    private readonly HubUnderTest _hub;
    private readonly List<Worker> _workers = [];
    private readonly Lock _lock = new();
    private readonly List<StorageCall> _calls = [];
    private readonly List<string> _met = [];
    private readonly HashSet<string> _learners = [];
    private IReadOnlyList<InjectedFault> _faults = [];
    private int _mayCopy;
    private string _address = "";
    private string? _poison;

    private FaultLane(HubUnderTest hub) => _hub = hub;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<FaultLane> StartAsync()
    {
        var lane = new FaultLane(await HubUnderTest.StartAsync());
        await lane.StartWorkerAsync();
        return lane;
    }

    /// <summary>Sends one learner's completion, and works through the queues until nothing is left.</summary>
    public async Task<FaultOutcome> RunAsync(string address, params IReadOnlyList<InjectedFault> faults)
    {
        // What a worker remembers makes its requests fewer, and it grows old by a clock that moves when messages are held back: with all of
        // it fresh, each badge's requests are the same.
        var worker = _workers[^1];
        if (!worker.IsWarm)
        {
            worker.IsWarm = true;
            await RunAsync($"worker-{_workers.Count}@example.org");
        }

        // The mailbox has time for it at once.
        _hub.Time.Advance(TimeSpan.FromMinutes(1));
        await _hub.Get<CityDirectory>().FindAsync(SampleCity.Plymouth, Cancel);
        lock (_lock)
        {
            (_address, _faults, _mayCopy, _poison) = (address, faults, 0, null);
            _met.Clear();
            _calls.Clear();
        }

        _learners.Add(address);
        _hub.Faults.Patience = faults.Any(f => f.Kind == FaultKind.Hangs) ? Patience : null;
        string? problem = null;
        IReadOnlyList<StorageCall> calls = [];
        var copies = 0;
        try
        {
            await SendAsync(address).WaitAsync(Enough, Cancel);
            await PumpAsync().WaitAsync(Enough, Cancel);
            (calls, _faults) = ([.. _calls], []);
            copies = await CopiesOfTheOneBadgeAsync(address);
        }
        catch (Exception e) when (!Cancel.IsCancellationRequested)
        {
            problem = e.ToString();
        }

        return new FaultOutcome(calls, [.. _met], copies, _poison ?? problem);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            await worker.Proxy.DisposeAsync();
        }

        await _hub.DisposeAsync();
    }

    private async Task StartWorkerAsync()
    {
        var worker = new Worker(await StorageProxy.StartAsync(_hub.Account), _hub.Faults);
        worker.Proxy.Decide = call => Decide(worker, call);
        worker.Proxy.Unanswered = _ => worker.DieIfDying();
        _workers.Add(worker);
        _hub.Restart(worker.Proxy.ConnectionString);
    }

    private CallFate Decide(Worker worker, StorageCall call)
    {
        lock (_lock)
        {
            // What a dead one has in hand is never answered, and nothing that it still asks for reaches storage.
            if (worker.IsDying)
            {
                return CallFate.Ignored;
            }

            _calls.Add(call);
            if (_faults.FirstOrDefault(f => f.Call == _calls.Count) is not { Call: > 0 } fault)
            {
                return CallFate.Answered;
            }

            _met.Add($"{fault} ({call})");
            if (fault.Kills)
            {
                // Between Graph's answer and the record of it, the next worker cannot know.
                _mayCopy += call.Kind != "delete message" && _hub.Mail.Posted.Any(m => m.To.ToString() == _address) ? 1 : 0;
                worker.IsDying = true;
            }

            return fault.Fate;
        }
    }

    // As a sender who comes again, under the same id, until it is told that the delivery is safe.
    private async Task SendAsync(string address)
    {
        for (var attempt = 1; ; attempt++)
        {
            Receipt? receipt = null;
            try
            {
                await UnlessItDiesAsync(async () => receipt = await _hub.DeliverAsync(address, id: $"msg-{address}"));
            }
            catch (Exception) when (attempt < MaxAttempts)
            {
                // answered 500 or 503
            }

            if (receipt is Receipt.Accepted)
            {
                return;
            }

            Assert.True(attempt < MaxAttempts, $"The delivery was never accepted: {receipt}");
        }
    }

    private async Task PumpAsync()
    {
        bool any;
        do
        {
            any = false;
            for (var i = 0; i < _hub.Triggers.Count; i++)
            {
                var (queue, handle) = _hub.Triggers[i];
                any |= (await queue.GetPropertiesAsync(Cancel)).Value.ApproximateMessagesCount > 0;
                if ((await queue.PeekMessageAsync(Cancel)).Value is not null)
                {
                    await UnlessItDiesAsync(() => TakeAsync(queue, _workers[^1].Host.GetQueueClient(queue.Name), handle));
                }
            }

            await Task.Delay(any ? LookAgain : TimeSpan.Zero, Cancel);
        }
        while (any);
    }

    private async Task TakeAsync(QueueClient direct, QueueClient queue, Func<string, CancellationToken, Task> handle)
    {
        if ((await queue.ReceiveMessageAsync(Lease, Cancel)).Value is not { } message)
        {
            return;
        }

        if (_hub.Delays.TryTake(out var delay))
        {
            _hub.Time.Advance(delay);
        }

        try
        {
            await handle(message.Body.ToString(), Cancel);
        }
        catch (Exception e) when (!Cancel.IsCancellationRequested)
        {
            if (message.DequeueCount >= MaxAttempts)
            {
                _poison = $"Poison in {queue.Name}: {e}";
                await direct.DeleteMessageAsync(message.MessageId, message.PopReceipt, Cancel);
            }

            return;
        }

        try
        {
            await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, Cancel);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            // It was deleted, and the answer was lost.
        }
    }

    /// <summary>Leaves the worker where it stands when it dies, and starts another.</summary>
    private async Task UnlessItDiesAsync(Func<Task> step)
    {
        var (death, work) = (_workers[^1].Death, step());
        if (await Task.WhenAny(work, death) == death)
        {
            _ = work.ContinueWith(t => t.Exception, TaskScheduler.Default);
            await StartWorkerAsync();
            return;
        }

        await work;
    }

    private async Task<int> CopiesOfTheOneBadgeAsync(string address)
    {
        var badge = await _hub.BadgeOfAsync(address);
        var mail = Assert.Single(_hub.Mail.Box.List(), m => m.To == address);
        Assert.Single(_hub.Mail.Posted.Where(m => m.To.ToString() == address).Select(m => m.MessageId).Distinct());
        Assert.InRange(mail.Copies, 1, 1 + _mayCopy);
        Assert.Equal(badge.Jwt, ((ExtractionResult.Found)BadgeImage.Extract(badge.Png)).UnverifiedCredential.ToArray());
        Assert.Equal(Answer.Yes, (await _hub.VerifyAsync(badge.Png)).Current);
        Assert.Equal(AwardState.Notified, (await _hub.AwardAsync(badge.AwardId)).State);
        Assert.IsType<ClaimResult.Claimed>(
            await _hub.Get<ClaimService>().ClaimByLinkAsync(_hub.TokenFor(address), address, Cancel));

        // One badge for each learner, and nothing lost on the way.
        var badges = await _hub.Storage.Awards
            .QueryAsync<TableEntity>("RowKey eq 'award-signed'", select: ["RowKey"], cancellationToken: Cancel)
            .CountAsync(Cancel);
        Assert.Equal(_learners.Count, badges);
        foreach (var poison in _hub.Storage.PoisonMessages)
        {
            Assert.False(await poison.ExistsAsync(Cancel), poison.Name);
        }

        return mail.Copies;
    }

    private sealed class Worker
    {
        private readonly TaskCompletionSource _death = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Worker(StorageProxy proxy, StorageFaults faults)
        {
            Proxy = proxy;
            var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
            options.AddPolicy(faults, HttpPipelinePosition.PerCall);
            Host = new QueueServiceClient(proxy.ConnectionString, options);
        }

        public StorageProxy Proxy { get; }

        /// <summary>The host's own way to the queues: it dies with its worker.</summary>
        public QueueServiceClient Host { get; }

        public Task Death => _death.Task;

        /// <summary>Whether it has issued a badge from beginning to end.</summary>
        public bool IsWarm { get; set; }

        /// <summary>Once what it has asked for last is done, if it is to be done.</summary>
        public bool IsDying { get; set; }

        public void DieIfDying()
        {
            if (IsDying)
            {
                _death.TrySetResult();
            }
        }
    }
}
