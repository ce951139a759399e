using System.Diagnostics;
using System.Net.Http.Json;

namespace CitiesOfLearning.Benchmarks.Load;

/// <summary>What the hub's mailbox held for this run's learners in the end.</summary>
/// <param name="Last">When the last email was sent, by the hub's clock; null if none was.</param>
/// <param name="Lost">Learners without an email.</param>
/// <param name="Doubled">Learners with more than one.</param>
internal sealed record Mailbox(DateTimeOffset? Last, int Lost, int Doubled)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // Long enough for a message that failed and is tried again.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // A second email would not come at once with the first.
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(5);

    /// <summary>Waits until every learner has an email, or until no more come.</summary>
    public static async Task<Mailbox> WaitAsync(HttpClient client, string[] learners)
    {
        var wanted = learners.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var (seen, lastNews) = (0, Stopwatch.GetTimestamp());
        while (seen < learners.Length && Stopwatch.GetElapsedTime(lastNews) < Patience)
        {
            await Task.Delay(Pause);
            var mailed = (await ReadAsync(client, wanted)).DistinctBy(m => m.To, StringComparer.OrdinalIgnoreCase).Count();
            if (mailed > seen)
            {
                (seen, lastNews) = (mailed, Stopwatch.GetTimestamp());
            }

            Progress.Show("mailed", seen, learners.Length);
        }

        await Task.Delay(SettleTime);
        var mail = await ReadAsync(client, wanted);
        var byLearner = mail.GroupBy(m => m.To, StringComparer.OrdinalIgnoreCase).ToList();
        return new Mailbox(
            byLearner.Count == 0 ? null : byLearner.Max(l => l.Min(m => m.SentAt)),
            wanted.Count - byLearner.Count,
            byLearner.Count(l => l.Sum(m => m.Copies) > 1));
    }

    private static async Task<List<Message>> ReadAsync(HttpClient client, HashSet<string> wanted)
    {
        try
        {
            return [.. (await client.GetFromJsonAsync<Message[]>("/local/mail.json"))!.Where(m => wanted.Contains(m.To))];
        }
        catch (HttpRequestException e)
        {
            throw new CommandException($"The hub at {client.BaseAddress} has gone ({e.Message}).");
        }
    }

    private sealed record Message(string To, DateTimeOffset SentAt, int Copies = 1);
}
