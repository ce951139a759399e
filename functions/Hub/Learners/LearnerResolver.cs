using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Texts;

namespace CitiesOfLearning.Hub.Learners;

/// <summary>
/// Who a completion belongs to. An account that is known is that learner, whatever the address says now. An unknown account at a known
/// address is the learner there, unless that source has another account for them or the names differ plainly: then it is a new learner at
/// the same address. An address alone with another name, and names that may be one person's or two's, are for a person to say. Where two
/// sources disagree about an address, whoever changed their word last is believed: what is said again of an account is no news.
/// </summary>
public sealed class LearnerResolver(IdentifierTable identifiers, LearnerTable learners, HubIds ids)
{
    // More people at one address is no family: a person looks.
    private const int MaxLinks = 100;

    // Of a name, kept with a link: all links are one column.
    private const int MaxWords = 6;

    /// <summary>Finds the learner, or makes one, with what is said of them now.</summary>
    /// <param name="at">When the sender said so.</param>
    public async Task<LearnerResolution> ResolveAsync(
        City city, Source source, ReportedLearner reported, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var said = SaidLearner.Of(city, reported);
        var account = await AccountAsync(city, source, said, cancellationToken);
        if (account is { IsNotOurs: true })
        {
            return new LearnerResolution.NotOurs();
        }

        said = IsNotTheirs(city, said, account) ? said with { Address = null } : said;
        if (account?.Learner is { } known && await learners.FindAsync(known, cancellationToken) is { } learner)
        {
            return await HearNewsAsync(city, source, account, learner, said, at, cancellationToken);
        }

        var heard = Heard(city, said);

        // What the roster says was not heard yet.
        if (account is { Word: { } word, WordAt: var wordAt })
        {
            (said, at) = at < wordAt ? (word.Or(said), wordAt) : (said.Or(word), at);
        }

        var problem = account is { Learner: null, Word: null } or null ? said.Problem(source, reported) : null;
        var found = problem is not null ? null
            : account?.Learner is { } gone ? Nobody(gone)
            : await LeadsToAsync(city, source, said, account, heard, cancellationToken);
        return found is not null
            ? await HearAsync(city, source, found, said, at, cancellationToken)
            : await AnsweredAsync(city, source, said, reported, at, problem ?? new TextKey("Reason.severalPeople"), cancellationToken);
    }

    // Without an account there may be a steward's word about this name at this address; looked for last, because it is rare.
    private async Task<LearnerResolution> AnsweredAsync(
        City city,
        Source source,
        SaidLearner said,
        ReportedLearner reported,
        DateTimeOffset at,
        TextKey reason,
        CancellationToken cancellationToken)
    {
        var key = Key(city, source, said, reported);
        if (said.Account is null)
        {
            var answer = await identifiers.FindAsync(city.Id, source.Id, key, cancellationToken);
            if (answer.IsNotOurs)
            {
                return new LearnerResolution.NotOurs();
            }

            if (answer.Learner is { } known)
            {
                said = IsNotTheirs(city, said, answer) ? said with { Address = null } : said;
                var learner = await learners.FindAsync(known, cancellationToken) ?? Nobody(known);
                return await HearNewsAsync(city, source, answer, learner, said, at, cancellationToken);
            }
        }

        return new LearnerResolution.Unknown(key, said, reason);
    }

    /// <summary>What a steward's answer is remembered by: the account, or else the name at the address.</summary>
    public string Key(City city, Source source, ReportedLearner reported) => Key(city, source, SaidLearner.Of(city, reported), reported);

    private string Key(City city, Source source, SaidLearner said, ReportedLearner reported) => said.Account is not null
        ? ids.AccountKey(city.Id, source.Id, said.Account)
        : ids.AccountKey(
            city.Id,
            source.Id,
            said.Address ?? SaidLearner.Spelling(reported.Address ?? ""),
            SaidLearner.Spelling(reported.Name ?? ""));

    // A steward said that this address is somebody else's.
    private bool IsNotTheirs(City city, SaidLearner said, AccountRow? row) =>
        row?.NotAt is { } notAt && said.Address is not null && ids.AddressKey(city.Id, said.Address) == notAt;

    /// <summary>
    /// Remembers what was said last of an account. After the learner is written down: whoever dies between the two hears it again.
    /// </summary>
    public Task RememberAsync(City city, Source source, LearnerResolution.Known known, CancellationToken cancellationToken) =>
        known.News is { } news
            ? identifiers.ChangeAsync(city.Id, source.Id, news.Account, row => row with { Heard = news.Heard }, cancellationToken)
            : Task.CompletedTask;

    /// <summary>Tells a learner what a roster says of them; null if nothing is known of them yet.</summary>
    public async Task<LearnerResolution.Known?> TellAsync(
        City city, Source source, string learner, SaidLearner said, DateTimeOffset at, CancellationToken cancellationToken) =>
        await learners.FindAsync(learner, cancellationToken) is { } found
            ? await HearAsync(city, source, found, said, at, cancellationToken)
            : null;

    /// <summary>Finds the learner, and changes nothing; null if it is not certain who that is.</summary>
    public async Task<Learner?> FindAsync(City city, Source source, ReportedLearner reported, CancellationToken cancellationToken)
    {
        var said = SaidLearner.Of(city, reported);
        var account = await AccountAsync(city, source, said, cancellationToken);
        if (account?.Learner is { } known)
        {
            return await learners.FindAsync(known, cancellationToken);
        }

        said = account?.Word is { } word ? said.Or(word) : said;
        return said.Address is null
            ? null
            : await OneOfAsync(city, await identifiers.AtAsync(city.Id, said.Address, cancellationToken), source, said, cancellationToken);
    }

    private async Task<AccountRow?> AccountAsync(City city, Source source, SaidLearner said, CancellationToken cancellationToken) =>
        said.Account is null
            ? null
            : await identifiers.FindAsync(city.Id, source.Id, ids.AccountKey(city.Id, source.Id, said.Account), cancellationToken);

    // The learner whom address and account lead to from now on; null if that is for a person to say.
    private async Task<Learner?> LeadsToAsync(
        City city, Source source, SaidLearner said, AccountRow? account, string? heard, CancellationToken cancellationToken)
    {
        var found = said.Address is null
            ? Nobody(ids.LearnerId(city.Id, source.Id, said.Account!))
            : await AtAddressAsync(city, source, said, said.Address, null, cancellationToken);
        if (found is null || account is null)
        {
            return found;
        }

        // Whoever was first with the account.
        heard = found.SaidAt == default || found.Address == said.Address ? heard : null;
        var linked = await identifiers.LinkAsync(city.Id, source.Id, account, found.Id, heard, cancellationToken);
        return linked == found.Id ? found : await learners.FindAsync(linked, cancellationToken) ?? Nobody(linked);
    }

    /// <param name="moved">The learner who is at this address now; null if that is to be found out.</param>
    private async Task<Learner?> AtAddressAsync(
        City city, Source source, SaidLearner said, string address, Learner? moved, CancellationToken cancellationToken)
    {
        while (true)
        {
            var row = await identifiers.AtAsync(city.Id, address, cancellationToken);
            var key = said.Account is null ? null : ids.AccountKey(city.Id, source.Id, said.Account);
            var mine = row.Links.FirstOrDefault(l => key is not null && l.Source == source.Id && l.Account == key);
            if (mine is not null && (moved is null || mine.Learner == moved.Id))
            {
                // The process died before it was written elsewhere.
                return moved ?? await learners.FindAsync(mine.Learner, cancellationToken) ?? Nobody(mine.Learner);
            }

            var found = moved ?? await OneOfAsync(city, row, source, said, cancellationToken);
            if (found is not null && said.Account is null && row.Learners.Contains(found.Id))
            {
                return found;
            }

            // An address alone, with another name or several people behind it, is a question.
            if (row.Links.Count >= MaxLinks
                || (found is null && row.Links.Count > 0 && !await IsSomebodyElseAsync(city, row, source, said, cancellationToken)))
            {
                return null;
            }

            var learner = found ?? Nobody(ids.LearnerId(city.Id, address, row.Made));
            var link = new AddressLink(learner.Id, key is null ? null : source.Id, key, Hidden(city, said));
            var next = row with { Links = [.. row.Links, link], Made = found is null ? row.Made + 1 : row.Made };
            if (await identifiers.WriteAsync(city.Id, address, next, cancellationToken))
            {
                return learner;
            }
        }
    }

    // The only one whom this can be.
    private async Task<Learner?> OneOfAsync(City city, AddressRow row, Source source, SaidLearner said, CancellationToken cancellationToken)
    {
        var likely = await LikelyAsync(city, row, source, said, cancellationToken);
        var named = likely.Where(l => l.Match == NameMatch.Same).ToList();
        return named.Count == 1 ? named[0].Learner
            : likely is [{ Match: null, Learner: var learner }] ? learner
            : null;
    }

    // Nobody there can be meant: each has another account at this source, or plainly another name.
    private async Task<bool> IsSomebodyElseAsync(
        City city, AddressRow row, Source source, SaidLearner said, CancellationToken cancellationToken) =>
        said.Account is not null && (await LikelyAsync(city, row, source, said, cancellationToken)).Count == 0;

    private async Task<IReadOnlyList<(Learner Learner, NameMatch? Match)>> LikelyAsync(
        City city, AddressRow row, Source source, SaidLearner said, CancellationToken cancellationToken)
    {
        var likely = new List<(Learner, NameMatch?)>();
        foreach (var links in row.Links.GroupBy(l => l.Learner))
        {
            if (said.Account is not null && links.Any(l => l.Source == source.Id))
            {
                continue;
            }

            var learner = await learners.FindAsync(links.Key, cancellationToken);
            var match = learner is not null
                ? PersonName.Of(said.Name).Compare(PersonName.Of(learner.Name))
                : new PersonName(Hidden(city, said)).Compare(new(links.FirstOrDefault(l => l.Name is { Count: > 0 })?.Name ?? []));
            if (match != NameMatch.Different)
            {
                likely.Add((learner ?? Nobody(links.Key), match));
            }
        }

        return likely;
    }

    private IReadOnlyList<string> Hidden(City city, SaidLearner said) =>
        [.. PersonName.Of(said.Name).Hidden(word => ids.NameKey(city.Id, word)).Words.Take(MaxWords)];

    private string? Heard(City city, SaidLearner said) => said.Address is null ? null : ids.AddressKey(city.Id, said.Address);

    private async Task<LearnerResolution.Known> HearNewsAsync(
        City city,
        Source source,
        AccountRow account,
        Learner before,
        SaidLearner said,
        DateTimeOffset at,
        CancellationToken cancellationToken)
    {
        var heard = Heard(city, said);
        if (heard == account.Heard && before.SaidAt != default)
        {
            return await HearAsync(city, source, before, said with { Address = null }, at, cancellationToken);
        }

        var known = await HearAsync(city, source, before, said, at, cancellationToken);
        return heard is null || at < before.SaidAt ? known : known with { News = (account, heard) };
    }

    private async Task<LearnerResolution.Known> HearAsync(
        City city, Source source, Learner before, SaidLearner said, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var now = before.Hear(said, at);
        now = now.Language.Length > 0 ? now : now with { Language = city.Languages[0] };
        if (before.Address != now.Address && before.SaidAt != default)
        {
            // The mail moves, never the badge. The new address leads here first, so that no moment has neither.
            await AtAddressAsync(city, source, said, now.Address!, before, cancellationToken);
            await LeaveAsync(city, before.Id, before.Address, cancellationToken);
        }

        return new(now, IsNews: (before with { SaidAt = now.SaidAt }) != now);
    }

    // Somebody of whom nothing is written down yet.
    private static Learner Nobody(string id) => new(id, null, null, "", default);

    private async Task LeaveAsync(City city, string id, string? address, CancellationToken cancellationToken)
    {
        while (address is not null)
        {
            var row = await identifiers.AtAsync(city.Id, address, cancellationToken);
            var rest = row with { Links = [.. row.Links.Where(l => l.Learner != id)] };
            if (rest.Links.Count == row.Links.Count || await identifiers.WriteAsync(city.Id, address, rest, cancellationToken))
            {
                return;
            }
        }
    }
}

/// <summary>A person the hub can name, or why not.</summary>
public abstract record LearnerResolution
{
    private LearnerResolution()
    {
    }

    /// <param name="IsNews">Whether something of them is not written down yet.</param>
    /// <param name="News">By which account, and what is to be remembered as heard of it; null if it said no other address.</param>
    public sealed record Known(Learner Learner, bool IsNews, (AccountRow Account, string Heard)? News = null) : LearnerResolution;

    /// <summary>A steward said that this is nobody who earns badges here.</summary>
    public sealed record NotOurs : LearnerResolution;

    /// <summary>For a person to say.</summary>
    /// <param name="Key">What the answer is remembered by.</param>
    /// <param name="Said">What is known.</param>
    /// <param name="Reason">No personal data.</param>
    public sealed record Unknown(string Key, SaidLearner Said, TextKey Reason) : LearnerResolution;
}
