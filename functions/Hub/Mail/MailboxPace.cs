using System.Runtime.InteropServices;
using Azure.Data.Tables;
using CitiesOfLearning.Hub.Settings;

namespace CitiesOfLearning.Hub.Mail;

/// <summary>
/// When one mailbox may send next: so many messages a minute, evenly, and so many in any 24 hours
/// (https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits#sending-limits-1).
/// A day is counted in blocks of a hundredth: one may begin when the hundredth before it ended a day ago.
/// </summary>
public sealed record MailboxPace
{
    public const string RowKey = "pace";

    private const int BlocksInDay = HubOptions.LeastMailPerDay;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>The first free sending time.</summary>
    public DateTimeOffset Next { get; private init; } = DateTimeOffset.UnixEpoch;

    /// <summary>So long the mail system asked to be left alone: a time that somebody has before is not used.</summary>
    public DateTimeOffset ClosedUntil { get; private init; } = DateTimeOffset.UnixEpoch;

    // How many the last block still has, and when those before it ended, in ticks of UTC.
    private int Left { get; init; }

    private IReadOnlyList<long> Ends { get; init; } = [];

    /// <summary>How far two messages are apart.</summary>
    public static TimeSpan Gap(HubOptions options) => TimeSpan.FromMinutes(1) / options.MailPerMinute;

    /// <returns>The first free time, and what is free afterwards.</returns>
    public (DateTimeOffset At, MailboxPace Then) Take(DateTimeOffset now, HubOptions options)
    {
        var at = Later(Next, now);
        var next = at + Gap(options);
        var left = (Left == 0 ? options.MailPerDay / BlocksInDay : Left) - 1;
        var ends = left == 0 ? [.. Ends.TakeLast(BlocksInDay - 1), at.UtcTicks] : Ends;
        if (left == 0 && ends.Count == BlocksInDay)
        {
            next = Later(next, new DateTimeOffset(ends[0], TimeSpan.Zero) + Day);
        }

        return (at, this with { Next = next, Left = left, Ends = ends });
    }

    public MailboxPace Close(DateTimeOffset until) => this with { Next = Later(Next, until), ClosedUntil = Later(ClosedUntil, until) };

    public static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    internal static MailboxPace Read(TableEntity row) => new()
    {
        Next = row.GetDateTimeOffset("Next")!.Value,
        ClosedUntil = row.GetDateTimeOffset("ClosedUntil")!.Value,
        Left = row.GetInt32("Left")!.Value,
        Ends = MemoryMarshal.Cast<byte, long>(row.GetBinary("Ends")).ToArray(),
    };

    internal TableEntity Write(string mailbox) => new(mailbox, RowKey)
    {
        ["Next"] = Next,
        ["ClosedUntil"] = ClosedUntil,
        ["Left"] = Left,
        ["Ends"] = MemoryMarshal.AsBytes<long>(Ends.ToArray()).ToArray(),
    };
}
