using Azure;
using Azure.Data.Tables;
using CitiesOfLearning.Hub.Settings;

namespace CitiesOfLearning.Hub.Mail;

/// <summary>
/// One mailbox's row in table Mailboxes, as this process last saw it. Whoever asks while the row is being written is served by the next
/// write, all together: one call for a whole batch of messages, and as few writers as there are processes.
/// </summary>
internal sealed class MailboxLine(string mailbox, TableClient table, HubOptions options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private List<TaskCompletionSource<DateTimeOffset>> _waiting = [];
    private bool _isServing;
    private volatile Known? _known;

    public string Mailbox => mailbox;

    public bool IsKnown => _known is not null;

    public DateTimeOffset ClosedUntil => _known?.Pace.ClosedUntil ?? DateTimeOffset.UnixEpoch;

    /// <summary>When whoever asks now could send.</summary>
    public DateTimeOffset Expected(DateTimeOffset now)
    {
        lock (_lock)
        {
            return MailboxPace.Later(_known?.Pace.Next ?? now, now) + (_waiting.Count * MailboxPace.Gap(options));
        }
    }

    /// <summary>Looks at the row.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(mailbox, MailboxPace.RowKey, cancellationToken: cancellationToken);
        _known = row.HasValue ? new(MailboxPace.Read(row.Value!), row.Value!.ETag) : new(new MailboxPace(), null);
    }

    /// <summary>Reserves a sending time. Once it is written it is taken, whether somebody still waits for it or not.</summary>
    public Task<DateTimeOffset> TakeAsync()
    {
        var mine = new TaskCompletionSource<DateTimeOffset>(TaskCreationOptions.RunContinuationsAsynchronously);
        bool begins;
        lock (_lock)
        {
            _waiting.Add(mine);
            (begins, _isServing) = (!_isServing, true);
        }

        if (begins)
        {
            _ = ServeAsync();
        }

        return mine.Task;
    }

    /// <summary>Moves the first free sending time, for all.</summary>
    public Task CloseAsync(DateTimeOffset until) => ChangeAsync(pace => pace.Close(until));

    private async Task ServeAsync()
    {
        while (NextBatch() is { } batch)
        {
            try
            {
                var times = new DateTimeOffset[batch.Count];
                await ChangeAsync(pace =>
                {
                    var now = time.GetUtcNow();
                    for (var i = 0; i < times.Length; i++)
                    {
                        (times[i], pace) = pace.Take(now, options);
                    }

                    return pace;
                });
                for (var i = 0; i < times.Length; i++)
                {
                    batch[i].SetResult(times[i]);
                }
            }
            catch (Exception e)
            {
                batch.ForEach(b => b.SetException(e));
            }
        }
    }

    private List<TaskCompletionSource<DateTimeOffset>>? NextBatch()
    {
        lock (_lock)
        {
            _isServing = _waiting.Count > 0;
            var batch = _waiting;
            _waiting = [];
            return _isServing ? batch : null;
        }
    }

    // Nobody waits before the next try: whoever was late knows that another process has its batch.
    private async Task ChangeAsync(Func<MailboxPace, MailboxPace> change)
    {
        while (true)
        {
            if (_known is not { } known)
            {
                await ReadAsync(CancellationToken.None);
                continue;
            }

            var pace = change(known.Pace);
            if (await WriteAsync(pace.Write(mailbox), known.ETag) is { } etag)
            {
                _known = new(pace, etag);
                return;
            }

            _known = null;
        }
    }

    /// <summary>The row's next version; null if another process changed it since it was read.</summary>
    private async Task<ETag?> WriteAsync(TableEntity row, ETag? read)
    {
        try
        {
            var written = read is { } etag
                ? await table.UpdateEntityAsync(row, etag, TableUpdateMode.Replace, CancellationToken.None)
                : await table.AddEntityAsync(row, CancellationToken.None);
            return written.Headers.ETag;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
        {
            return null;
        }
    }

    private sealed record Known(MailboxPace Pace, ETag? ETag);
}
