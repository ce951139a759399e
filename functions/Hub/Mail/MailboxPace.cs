using System.Runtime.InteropServices;
using Azure.Data.Tables;
using CitiesOfLearning.Hub.Settings;

namespace CitiesOfLearning.Hub.Mail;

/// <summary>
/// When one mailbox may send next: so many messages a minute, evenly, and so many in any 24 hours
/// (https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits#sending-limits-1).
/// A day is counted in blocks of a hundredth: one may begin when the 99th before it began a day ago.
/// </summary>
public sealed record MailboxPace
{
    public const string RowKey = "pace";

    private const int BlocksBefore = HubOptions.LeastMailPerDay - 1;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>The first free sending time.</summary>
    public DateTimeOffset Next { get; private init; } = DateTimeOffset.UnixEpoch;

    /// <summary>So long the mail system asked to be left alone: a time that somebody has before is not used.</summary>
    public DateTimeOffset ClosedUntil { get; private init; } = DateTimeOffset.UnixEpoch;

    // How many the last block still has, and when the last ones began.
    private int Left { get; init; }

    private IReadOnlyList<long> Blocks { get; init; } = [];

    /// <summary>How far two messages are apart.</summary>
    public static TimeSpan Gap(HubOptions options) => TimeSpan.FromMinutes(1) / options.MailPerMinute;

    /// <returns>The first free time, and what is free afterwards.</returns>
    public (DateTimeOffset At, MailboxPace Then) Take(DateTimeOffset now, HubOptions options)
    {
        var at = Later(Next, now);
        var opens = Left == 0;
        IReadOnlyList<long> blocks = opens ? [.. Blocks.TakeLast(BlocksBefore - 1), at.UtcTicks] : Blocks;
        var left = (opens ? options.MailPerDay / HubOptions.LeastMailPerDay : Left) - 1;
        var next = at + Gap(options);
        if (left == 0 && blocks.Count == BlocksBefore)
        {
            next = Later(next, new DateTimeOffset(blocks[0], TimeSpan.Zero) + Day);
        }

        return (at, this with { Next = next, Left = left, Blocks = blocks });
    }

    public MailboxPace Close(DateTimeOffset until) => this with { Next = Later(Next, until), ClosedUntil = Later(ClosedUntil, until) };

    public static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    internal static MailboxPace Read(TableEntity row) => new()
    {
        Next = row.GetDateTimeOffset("Next")!.Value,
        ClosedUntil = row.GetDateTimeOffset("ClosedUntil")!.Value,
        Left = row.GetInt32("Left")!.Value,
        Blocks = MemoryMarshal.Cast<byte, long>(row.GetBinary("Blocks")).ToArray(),
    };

    internal TableEntity Write(string mailbox) => new(mailbox, RowKey)
    {
        ["Next"] = Next,
        ["ClosedUntil"] = ClosedUntil,
        ["Left"] = Left,
        ["Blocks"] = MemoryMarshal.AsBytes<long>(Blocks.ToArray()).ToArray(),
    };
}
