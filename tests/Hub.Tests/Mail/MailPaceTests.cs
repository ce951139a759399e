using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Mail;
using CitiesOfLearning.Hub.Settings;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Tests.Support;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CitiesOfLearning.Hub.Tests.Mail;

/// <summary>
/// The hub's own pacing, by a clock that the test moves. Table Mailboxes is in memory where 50,000 messages reserve a time: with Azurite
/// that would take minutes.
/// </summary>
public sealed class MailPaceTests
{
    private const string Account = "UseDevelopmentStorage=true";
    private const int Instances = 4;

    // Of one instance: a batch of 16, and half as many again.
    private const int InHand = 24;

    private static readonly IOptions<HubOptions> Options =
        Microsoft.Extensions.Options.Options.Create(
            new HubOptions { HashKey = Convert.ToBase64String(Encoding.ASCII.GetBytes("the hash key of the tests, 32 by")) });

    private static readonly AwardChange Issued = new(AwardId.Parse("7K2QM4XN8P7K2QM4XN8P7K2QM4"), AwardEventKind.Issued, 2);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 30, 9, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    public async Task Fifty_thousand_messages_take_hardly_longer_than_the_limits_ask_and_none_is_refused(int mailboxes)
    {
        const int Messages = 50_000;
        var simulation = new Simulation(_time, mailboxes);

        await simulation.RunAsync(Messages);

        var least = Exchange.Least((Messages + mailboxes - 1) / mailboxes);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{mailboxes} mailboxes: {simulation.Took}, at least {least} ({simulation.Took / least:F4}); "
            + $"{simulation.Storage.Calls} calls; tried {simulation.MostTries} times at most, received {simulation.MostVisits} times");
        Assert.Equal(Messages, simulation.Sent);
        Assert.InRange(simulation.Took / least, 1, 1.05);
        Assert.Equal((0, 0), (simulation.Refused, simulation.Poison));
        Assert.Equal((1, 2), (simulation.MostTries, simulation.MostVisits));
    }

    [Fact]
    public async Task When_the_mail_system_asks_to_be_left_alone_the_rest_of_the_line_asks_nothing()
    {
        var simulation = new Simulation(_time, mailboxes: 1) { Away = (TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15)) };

        await simulation.RunAsync(500);

        Assert.Equal((500, 0), (simulation.Sent, simulation.Poison));
        Assert.InRange(simulation.Refused, 1, Instances);
        Assert.InRange(simulation.MostTries, 1, 2);
        Assert.InRange(simulation.Took, TimeSpan.FromMinutes(26), TimeSpan.FromMinutes(32));
    }

    /// <summary>What the hub gives up is a person's. And no sooner.</summary>
    [Theory]
    [InlineData(6.9, 0)]
    [InlineData(8, 5)]
    public async Task What_the_mail_system_refuses_for_seven_days_is_given_up(double days, int poison)
    {
        var simulation = new Simulation(_time, mailboxes: 1)
        {
            Away = (TimeSpan.FromSeconds(-1), TimeSpan.FromDays(days)),
            RetryAfter = TimeSpan.FromMinutes(1),
        };

        await simulation.RunAsync(5);

        Assert.Equal((5 - poison, poison), (simulation.Sent, simulation.Poison));
    }

    [Fact]
    public async Task After_a_standstill_nobody_hurries()
    {
        var simulation = new Simulation(_time, mailboxes: 1) { Standstill = (TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(60)) };

        await simulation.RunAsync(500);

        Assert.Equal((500, 0), (simulation.Sent, simulation.Poison));
        Assert.InRange(simulation.Refused, 0, Instances);
        Assert.InRange(simulation.MostTries, 1, 2);
    }

    [Fact]
    public async Task Many_who_reserve_at_once_get_a_time_each_and_leave_no_gap()
    {
        var account = await TestStorage.ConnectionStringAsync();
        var storage = Storage(new TableServiceClient(account));
        await storage.Mailboxes.CreateAsync(Cancel);
        var instances = Enumerable.Range(0, 6).Select(_ => Pace(storage)).ToArray();

        var turns = await Task.WhenAll(
            Enumerable.Range(0, 150).Select(i => instances[i % instances.Length].TurnAsync(Sender(1), null, Cancel)));

        var gap = TimeSpan.FromMinutes(1) / 29;
        var times = turns.Select(t => t.Slot.At).Order().ToArray();
        Assert.Equal(_time.GetUtcNow(), times[0]);
        Assert.Equal(Enumerable.Repeat(gap, 149), times.Zip(times.Skip(1), (a, b) => b - a));
    }

    [Fact]
    public async Task An_idle_mailbox_sends_at_once_and_then_keeps_its_pace()
    {
        var storage = Storage(new TablesInMemory());

        var first = await Pace(storage).TurnAsync(Sender(1), null, Cancel);
        var second = await Pace(storage).TurnAsync(Sender(1), null, Cancel);
        _time.Advance(TimeSpan.FromMinutes(1));
        var third = await Pace(storage).TurnAsync(Sender(1), null, Cancel);

        Assert.Equal([0, 2, 0], new[] { first, second, third }.Select(t => t.Wait.TotalSeconds));
    }

    [Fact]
    public void Ten_thousand_and_no_more_go_in_any_day()
    {
        var pace = new MailboxPace();
        var times = new List<DateTimeOffset>();
        for (var i = 0; i < 35_000; i++)
        {
            // Not evenly, so that the day has no beginning.
            _time.Advance(TimeSpan.FromSeconds(i % 1_000 == 0 ? 5_000 : 0));
            (var at, pace) = pace.Take(_time.GetUtcNow(), Options.Value);
            times.Add(at);
        }

        Assert.All(times.Zip(times.Skip(10_000)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromDays(1)));
        Assert.All(times.Zip(times.Skip(30)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task A_time_from_a_mailbox_that_the_city_gave_up_is_taken_anew()
    {
        var pace = Pace(Storage(new TablesInMemory()));

        var turn = await pace.TurnAsync(Sender(1), new MailSlot("another", _time.GetUtcNow()), Cancel);

        Assert.Equal(("badges1@plymouth.example", TimeSpan.Zero), (turn.Address, turn.Wait));
    }

    private static MailSender Sender(int mailboxes) =>
        new("badges1@plymouth.example", new LocalizedText(new Dictionary<string, string> { ["en"] = "Plymouth" }))
        {
            More = [.. Enumerable.Range(2, mailboxes - 1).Select(n => $"badges{n}@plymouth.example")],
        };

    private static HubStorage Storage(TableServiceClient tables) =>
        new(tables, new BlobServiceClient(Account), new QueueServiceClient(Account));

    private MailPace Pace(HubStorage storage) => new(storage, new HubIds(Options), Options, _time);

    /// <summary>The limits of a mailbox, in any minute and any 24 hours.</summary>
    private sealed class Exchange(TimeProvider time)
    {
        private const int PerMinute = 30;
        private const int PerDay = 10_000;

        private readonly Dictionary<string, List<DateTimeOffset>> _sent = [];

        public static TimeSpan Least(int messages) =>
            TimeSpan.FromDays((messages - 1) / PerDay) + TimeSpan.FromMinutes((messages - 1) % PerDay / PerMinute);

        public TimeSpan? Send(string mailbox)
        {
            var now = time.GetUtcNow();
            var sent = _sent.TryGetValue(mailbox, out var known) ? known : _sent[mailbox] = [];
            if ((sent.Count >= PerMinute && now - sent[^PerMinute] < TimeSpan.FromMinutes(1))
                || (sent.Count >= PerDay && now - sent[^PerDay] < TimeSpan.FromDays(1)))
            {
                return TimeSpan.FromSeconds(60);
            }

            sent.Add(now);
            return null;
        }
    }

    /// <summary>A queue that counts in seconds and is looked at a moment late, and several instances that work on it.</summary>
    private sealed class Simulation
    {
        private readonly FakeTimeProvider _time;
        private readonly DateTimeOffset _began;
        private readonly Exchange _exchange;
        private readonly MailSender _sender;
        private readonly MailPace[] _instances;
        private readonly PriorityQueue<Message, DateTimeOffset> _queue = new();
        private readonly Lock _lock = new();
        private readonly Random _late = new(11);

        public Simulation(FakeTimeProvider time, int mailboxes)
        {
            (_time, _began, _exchange, _sender) = (time, time.GetUtcNow(), new Exchange(time), Sender(mailboxes));
            var storage = MailPaceTests.Storage(Storage);
            _instances = [.. Enumerable.Range(0, Instances).Select(_ => new MailPace(storage, new HubIds(Options), Options, time))];
        }

        public TablesInMemory Storage { get; } = new();

        public (TimeSpan From, TimeSpan Until)? Away { get; init; }

        /// <summary>How long the mail system asks to be left alone; null: until it is back.</summary>
        public TimeSpan? RetryAfter { get; init; }

        public (TimeSpan From, TimeSpan Until)? Standstill { get; init; }

        public int Sent { get; private set; }

        public int Refused { get; private set; }

        /// <summary>Given up, as the product decides it.</summary>
        public int Poison { get; private set; }

        public int MostTries { get; private set; }

        public int MostVisits { get; private set; }

        public TimeSpan Took { get; private set; }

        private TimeSpan Elapsed => _time.GetUtcNow() - _began;

        public async Task RunAsync(int messages)
        {
            for (var i = 0; i < messages; i++)
            {
                _queue.Enqueue(new Message(Issued, 0, 0), _began);
            }

            while (Next() is { } next)
            {
                if (Standstill is { } s && next - _began > s.From && next - _began < s.Until)
                {
                    next = _began + s.Until;
                }

                if (next > _time.GetUtcNow())
                {
                    _time.SetUtcNow(next);
                }

                var batch = new List<Task>();
                while (batch.Count < Instances * InHand && Take() is { } message)
                {
                    batch.Add(HandleAsync(_instances[batch.Count % Instances], message));
                }

                await Task.WhenAll(batch);
            }
        }

        private DateTimeOffset? Next()
        {
            lock (_lock)
            {
                return _queue.TryPeek(out _, out var next) ? next : null;
            }
        }

        private Message? Take()
        {
            lock (_lock)
            {
                return _queue.TryPeek(out _, out var due) && due <= _time.GetUtcNow() ? _queue.Dequeue() : null;
            }
        }

        private async Task HandleAsync(MailPace pace, Message message)
        {
            // As the host does, beside others.
            await Task.Yield();
            message = message with { Visits = message.Visits + 1 };
            var turn = await pace.TurnAsync(_sender, message.Change.Slot, Cancel);
            if (turn.Wait > TimeSpan.Zero)
            {
                Again(message with { Change = message.Change with { Slot = turn.Slot } }, turn.Wait);
                return;
            }

            message = message with { Tries = message.Tries + 1 };
            if (Send(turn.Address, message) is { } wait)
            {
                await pace.CloseAsync(turn.Slot, wait);
                PutOff(message, wait);
            }
        }

        private TimeSpan? Send(string mailbox, Message message)
        {
            lock (_lock)
            {
                var wait = Away is { } away && Elapsed > away.From && Elapsed < away.Until
                    ? RetryAfter ?? away.Until - Elapsed
                    : _exchange.Send(mailbox);
                MostTries = Math.Max(MostTries, message.Tries);
                MostVisits = Math.Max(MostVisits, message.Visits);
                (Sent, Refused) = wait is null ? (Sent + 1, Refused) : (Sent, Refused + 1);
                Took = Elapsed;
                return wait;
            }
        }

        private void PutOff(Message message, TimeSpan wait)
        {
            if (Postpone.Again(message.Change with { Slot = null }, wait) is var (again, delay))
            {
                Again(message with { Change = again }, delay);
                return;
            }

            lock (_lock)
            {
                Poison++;
            }
        }

        private void Again(Message message, TimeSpan wait)
        {
            lock (_lock)
            {
                _queue.Enqueue(
                    message, _time.GetUtcNow() + TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds) + _late.NextDouble()));
            }
        }

        private sealed record Message(AwardChange Change, int Tries, int Visits);
    }
}
