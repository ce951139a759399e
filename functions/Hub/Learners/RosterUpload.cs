using System.Collections.Concurrent;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Identifiers;

namespace CitiesOfLearning.Hub.Learners;

/// <summary>What became of a roster: how many people were new, changed or as they were, and which lines were refused.</summary>
/// <param name="Refused">By line. Every other line was taken: people do not wait for somebody else's mistake.</param>
public sealed record RosterReceipt(int New, int Changed, int Unchanged, IReadOnlyList<RefusedLine> Refused)
{
    public int Taken => New + Changed + Unchanged;
}

/// <summary>
/// Takes a source's roster: each line is a word about one person, like what a completion says. It is kept in
/// <see cref="IdentifierTable"/> until the account earns something, and told at once to the learner who has; the file is kept nowhere.
/// Repeating it changes nothing. What waited for such an account flows.
/// </summary>
public sealed class RosterUpload(
    IdentifierTable identifiers, LearnerResolver resolver, LearnerTable learners, QuestionAnswers answers, HubIds ids)
{
    /// <summary>A larger file is refused.</summary>
    public const int MaxBytes = RosterFile.MaxBytes;

    private const int AtOnce = 32;

    /// <param name="at">When it was written: what was said of a person later than that stays.</param>
    public async Task<RosterReceipt> TakeAsync(
        City city, Source source, ReadOnlyMemory<byte> file, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var roster = RosterFile.Read(file.Span, city);
        var words = roster.Lines
            .Select(l => SaidLearner.Of(city, l.Learner))
            .ToDictionary(w => ids.AccountKey(city.Id, source.Id, w.Account!));
        var counts = new ConcurrentDictionary<string, Fate>();
        IReadOnlyCollection<string> left = [.. words.Keys];
        while (left.Count > 0)
        {
            var known = await identifiers.AccountsAsync(city.Id, source.Id, cancellationToken);
            var before = left.Select(key => known.GetValueOrDefault(key) ?? new(key)).ToList();

            // A learner hears it before it is written down as said. A family one after the other: they change the row of one address.
            await Parallel.ForEachAsync(
                before.GroupBy(row => words[row.Key].Address ?? row.Key),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (family, cancel) =>
                {
                    foreach (var row in family)
                    {
                        var changes = await HearAsync(city, source, row, words[row.Key], at, cancel);
                        counts.AddOrUpdate(
                            row.Key,
                            row.ETag is null ? Fate.New : changes ? Fate.Changed : Fate.Unchanged,
                            (_, earlier) => changes && earlier == Fate.Unchanged ? Fate.Changed : earlier);
                    }
                });
            var news = before
                .Where(row => IsNews(row, words[row.Key], at))
                .Select(row => row with { Word = words[row.Key], WordAt = at, IsNotOurs = false, NotAt = null });
            left = [.. (await identifiers.WriteAsync(city.Id, source.Id, news, cancellationToken)).Select(row => row.Key)];
        }

        await answers.FoundInRosterAsync(city, source.Id, words.Keys.ToHashSet(), cancellationToken);
        return new(
            counts.Values.Count(f => f == Fate.New),
            counts.Values.Count(f => f == Fate.Changed),
            counts.Values.Count(f => f == Fate.Unchanged),
            roster.Refused);
    }

    /// <returns>Whether this is another word than before, or changes what is known of a learner.</returns>
    private async Task<bool> HearAsync(
        City city, Source source, AccountRow row, SaidLearner word, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (row.Learner is null)
        {
            return IsNews(row, word, at);
        }

        if (await resolver.TellAsync(city, source, row.Learner, word, at, cancellationToken) is not { IsNews: true } known)
        {
            return false;
        }

        await learners.KeepAsync(city.Id, known.Learner, cancellationToken);
        return true;
    }

    private static bool IsNews(AccountRow row, SaidLearner word, DateTimeOffset at) =>
        row.WordAt <= at && (row.Word != word || row.IsNotOurs);

    private enum Fate
    {
        New,
        Changed,
        Unchanged,
    }
}
