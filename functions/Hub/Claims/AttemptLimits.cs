using System.Globalization;
using Azure.Data.Tables;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Storage;

namespace CitiesOfLearning.Hub.Claims;

/// <summary>
/// Limits wrong tries, counted in table Claims so that every instance of the app shares the count. By what is tried, never by network:
/// behind the Functions host the app does not see the client's address.
/// </summary>
public sealed class AttemptLimits(HubStorage storage, HubIds ids, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>Takes one try before it is made, so that many at once cannot slip through.</summary>
    /// <returns>Null if it may be made; else how long to wait.</returns>
    public async Task<TimeSpan?> TakeAsync(string what, int max, CancellationToken cancellationToken) =>
        await AddAsync(what, 1, max, cancellationToken)
            ? null
            : TimeSpan.FromTicks(Window.Ticks - (time.GetUtcNow().UtcTicks % Window.Ticks));

    /// <summary>The try was a right one and does not count.</summary>
    public Task GiveBackAsync(string what, CancellationToken cancellationToken) => AddAsync(what, -1, int.MaxValue, cancellationToken);

    private async Task<bool> AddAsync(string what, int tries, int max, CancellationToken cancellationToken)
    {
        // One row for each hour; the hash keeps codes and addresses out of the table.
        var name = string.Create(
            CultureInfo.InvariantCulture, $"{time.GetUtcNow().UtcTicks / Window.Ticks:D10}-{ids.SecretHash("tries", what)}");
        while (true)
        {
            var row = await storage.Claims.GetEntityIfExistsAsync<TableEntity>("tries", name, cancellationToken: cancellationToken);
            var count = row.HasValue ? row.Value!.GetInt32("Count")!.Value : 0;
            if (count + tries > max)
            {
                return false;
            }

            var next = new TableEntity("tries", name) { ["Count"] = Math.Max(0, count + tries) };
            if (row.HasValue
                ? await storage.Claims.ReplaceIfUnchangedAsync(next, row.Value!.ETag, cancellationToken)
                : await storage.Claims.AddIfAbsentAsync(next, cancellationToken))
            {
                return true;
            }
        }
    }
}
