using System.Collections.Concurrent;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.OpenBadges.Status;

namespace CitiesOfLearning.Hub.Status;

/// <summary>
/// The one publisher of each status list in this process: whatever awards changed while it was at work, or a moment before, are in its next
/// publication together. What an award's row says at that moment is what is published.
/// </summary>
public sealed class StatusPublisher(AwardTable awards, StatusEntryTable entries, StatusLists lists, StatusReader reader)
{
    // What a class of stewards does at once comes within it; nobody notices it.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<(CityId City, int List), Line> _lines = new();

    /// <summary>Returns when the published lists say what the award's row says. Repeating it is harmless.</summary>
    /// <returns>Whether they said something else before.</returns>
    public async Task<bool> PublishAsync(Award award, CancellationToken cancellationToken)
    {
        if (award.Status is not { List: var list })
        {
            return false;
        }

        var line = _lines.GetOrAdd((award.City, list), static (_, publisher) => new Line(publisher), this);
        return await line.AddAsync(award).WaitAsync(cancellationToken);
    }

    /// <summary>How many awards wait for the list's next publication.</summary>
    internal int Waiting(CityId city, int list) => _lines.TryGetValue((city, list), out var line) ? line.Count : 0;

    // Shared by everyone who waits: it goes on when one of them leaves.
    private async Task<bool> PublishAsync(CityId city, int list, IReadOnlyList<AwardId> changed)
    {
        var isNews = false;
        foreach (var purpose in StatusPurposes.All)
        {
            isNews |= await lists.SetAsync(city, purpose, list, async bits =>
            {
                // Read again each time that somebody else published in between, for the award may have changed too.
                var now = await Task.WhenAll(changed.Select(id => awards.FindAsync(id, CancellationToken.None)));
                var wrong = now.OfType<Award>().Where(a => bits.Get(a.Status!.Index) != IsSet(a, purpose)).ToList();
                await Task.WhenAll(wrong.Select(a => entries.MarkAsync(a, CancellationToken.None)));
                wrong.ForEach(a => bits.Set(a.Status!.Index, IsSet(a, purpose)));
                return wrong.Count > 0;
            }, CancellationToken.None);
            reader.Forget(city, purpose, list);
        }

        return isNews;
    }

    private static bool IsSet(Award award, string purpose) =>
        award.Standing == (purpose == StatusPurposes.Revocation ? AwardStanding.Revoked : AwardStanding.Suspended);

    /// <summary>What waits for a list's next publication.</summary>
    private sealed class Line(StatusPublisher publisher)
    {
        private readonly Lock _lock = new();
        private HashSet<AwardId> _waiting = [];
        private Task<bool>? _next;
        private Task _last = Task.CompletedTask;

        public int Count
        {
            get
            {
                lock (_lock)
                {
                    return _waiting.Count;
                }
            }
        }

        public Task<bool> AddAsync(Award award)
        {
            lock (_lock)
            {
                _waiting.Add(award.Id);
                return _next ??= NextAsync(award.City, award.Status!.List, _last);
            }
        }

        private async Task<bool> NextAsync(CityId city, int list, Task last)
        {
            await Task.Delay(Gathering).ConfigureAwait(false);
            await last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            HashSet<AwardId> batch;
            lock (_lock)
            {
                (batch, _waiting) = (_waiting, []);
                (_last, _next) = (_next!, null);
            }

            return await publisher.PublishAsync(city, list, [.. batch]);
        }
    }
}
