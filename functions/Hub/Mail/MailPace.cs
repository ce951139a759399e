using System.Collections.Concurrent;
using Azure.Data.Tables;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Settings;
using CitiesOfLearning.Hub.Storage;
using Microsoft.Extensions.Options;

namespace CitiesOfLearning.Hub.Mail;

/// <summary>
/// No mailbox is asked for more than it can do. A message reserves a sending time, waits in the queue until then, and is sent. Idle, that
/// costs one call and no waiting; in a crowd one call for all that a process has in hand.
/// </summary>
public sealed class MailPace(HubStorage storage, HubIds ids, IOptions<HubOptions> options, TimeProvider time)
{
    // A queue counts in seconds.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    // Later than that, others may have been late too, and would all be sent at once.
    private static readonly TimeSpan Lateness = TimeSpan.FromSeconds(10);

    // The longest that Azure hides a message.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, MailboxLine> _lines = new();

    /// <param name="held">What the message reserved before; null at first.</param>
    /// <returns>From which mailbox the message goes, and how long it is to wait in the queue.</returns>
    public async Task<MailTurn> TurnAsync(MailSender sender, MailSlot? held, CancellationToken cancellationToken)
    {
        var addresses = sender.Mailboxes.ToDictionary(ids.MailboxKey);
        var slot = held is not null && addresses.ContainsKey(held.Mailbox) && IsGood(held)
            ? held
            : await ReserveAsync([.. addresses.Keys.Select(Line)], cancellationToken);
        var wait = slot.At - time.GetUtcNow();
        return new(
            addresses[slot.Mailbox],
            slot,
            wait < Moment ? TimeSpan.Zero
            : wait > LongestWait ? LongestWait
            : TimeSpan.FromSeconds(Math.Floor(wait.TotalSeconds)));
    }

    /// <summary>The mail system asks to be left alone: all messages of the mailbox wait.</summary>
    public Task CloseAsync(MailSlot slot, TimeSpan wait) => Line(slot.Mailbox).CloseAsync(time.GetUtcNow() + wait);

    /// <summary>Whether messages may wait in line for one of the sender's mailboxes. Reads each mailbox's row.</summary>
    public async Task<bool> HasLineAsync(MailSender sender, CancellationToken cancellationToken)
    {
        foreach (var mailbox in sender.Mailboxes.Select(ids.MailboxKey))
        {
            var row = await storage.Mailboxes.GetEntityIfExistsAsync<TableEntity>(
                mailbox, MailboxPace.RowKey, cancellationToken: cancellationToken);
            if (row.HasValue && MailboxPace.Read(row.Value!).Next - time.GetUtcNow() > Lateness)
            {
                return true;
            }
        }

        return false;
    }

    private bool IsGood(MailSlot held) =>
        held.At >= Line(held.Mailbox).ClosedUntil && time.GetUtcNow() - held.At <= Lateness;

    private async Task<MailSlot> ReserveAsync(MailboxLine[] lines, CancellationToken cancellationToken)
    {
        foreach (var unknown in lines.Where(l => !l.IsKnown))
        {
            await unknown.ReadAsync(cancellationToken);
        }

        var now = time.GetUtcNow();
        var first = lines.MinBy(l => l.Expected(now))!;
        return new(first.Mailbox, await first.TakeAsync().WaitAsync(cancellationToken));
    }

    private MailboxLine Line(string mailbox) =>
        _lines.GetOrAdd(mailbox, m => new MailboxLine(m, storage.Mailboxes, options.Value, time));
}

/// <summary>A message's turn.</summary>
/// <param name="Address">The mailbox that it goes from.</param>
/// <param name="Wait">In whole seconds; zero: it is to be sent now.</param>
public sealed record MailTurn(string Address, MailSlot Slot, TimeSpan Wait);
