using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Texts;

namespace CitiesOfLearning.Hub.Learners;

/// <summary>
/// Who a completion belongs to. An account that is known is that learner, whatever the address says now. An unknown account at a known
/// address is the learner there, unless that source has another account for them or the names differ plainly: then it is a new learner at
/// the same address. An address alone, with another name, is for a person to say.
/// </summary>
public sealed class LearnerResolver(IdentifierTable identifiers, LearnerTable learners, HubIds ids, TimeProvider time)
{
    // More people at one address is no family: a person looks.
    private const int MaxLinks = 100;

    /// <summary>Finds the learner, or makes one, and keeps what is said of them now.</summary>
    /// <param name="at">When the sender said so.</param>
    public async Task<LearnerResolution> ResolveAsync(
        City city, Source source, ReportedLearner reported, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var said = SaidLearner.Of(city, source, reported);
        var known = said.Account is null ? null : await identifiers.FindAsync(city.Id, source.Id, said.Account, cancellationToken);
        if (known is null && said.Problem(source, reported) is { } problem)
        {
            return new LearnerResolution.Unknown(problem);
        }

        // Without an address in the message it is today's roster that speaks.
        var saidAt = said.IsInRoster && reported.Address is null ? time.GetUtcNow() : at;
        return (known ?? await LeadsToAsync(city, source, said, cancellationToken)) is { } id
            ? new LearnerResolution.Known(await HearAsync(city, source, id, said, saidAt, cancellationToken))
            : new LearnerResolution.Unknown(new TextKey("Reason.severalPeople"));
    }

    /// <summary>Finds the learner, and changes nothing; null if it is not certain who that is.</summary>
    public async Task<Learner?> FindAsync(City city, Source source, ReportedLearner reported, CancellationToken cancellationToken)
    {
        var said = SaidLearner.Of(city, source, reported);
        var known = said.Account is null ? null : await identifiers.FindAsync(city.Id, source.Id, said.Account, cancellationToken);
        if (known is not null)
        {
            return await learners.FindAsync(known, cancellationToken);
        }

        return said.Address is null
            ? null
            : await OneOfAsync(await identifiers.FindAsync(city.Id, said.Address, cancellationToken), source, said, cancellationToken);
    }

    // The learner that address and account lead to from now on; null if that is for a person to say.
    private async Task<string?> LeadsToAsync(City city, Source source, SaidLearner said, CancellationToken cancellationToken)
    {
        var id = said.Address is null
            ? ids.LearnerId(city.Id, source.Id, said.Account!)
            : await AtAddressAsync(city, source, said, said.Address, null, cancellationToken);
        return id is null || said.Account is null
            ? id
            : await identifiers.LinkAsync(city.Id, source.Id, said.Account, id, cancellationToken);
    }

    /// <param name="moved">The learner who is at this address now; null if that is to be found out.</param>
    private async Task<string?> AtAddressAsync(
        City city, Source source, SaidLearner said, string address, string? moved, CancellationToken cancellationToken)
    {
        while (true)
        {
            var row = await identifiers.FindAsync(city.Id, address, cancellationToken);
            var key = said.Account is null ? null : ids.AccountKey(city.Id, source.Id, said.Account);
            var mine = row.Links.FirstOrDefault(l => key is not null && l.Source == source.Id && l.Account == key);
            if (mine is not null && (moved is null || mine.Learner == moved))
            {
                return mine.Learner; // the process died before it was written elsewhere
            }

            var found = moved ?? (await OneOfAsync(row, source, said, cancellationToken))?.Id;
            if (found is not null && said.Account is null && row.Learners.Contains(found))
            {
                return found;
            }

            // An address alone, with another name or several people behind it, is a question.
            if (row.Links.Count >= MaxLinks
                || (found is null && row.Links.Count > 0 && !await IsSomebodyElseAsync(row, source, said, cancellationToken)))
            {
                return null;
            }

            var id = found ?? ids.LearnerId(city.Id, address, row.Made);
            var link = new AddressLink(id, key is null ? null : source.Id, key);
            var next = row with { Links = [.. row.Links, link], Made = found is null ? row.Made + 1 : row.Made };
            if (await identifiers.WriteAsync(city.Id, address, next, cancellationToken))
            {
                return id;
            }
        }
    }

    // The only one whom this can be.
    private async Task<Learner?> OneOfAsync(AddressRow row, Source source, SaidLearner said, CancellationToken cancellationToken)
    {
        var likely = await LikelyAsync(row, source, said, cancellationToken);
        var named = likely.Where(l => PersonName.AreSame(l.Name, said.Name)).ToList();
        return likely.Count == 1 ? likely[0] : named.Count == 1 ? named[0] : null;
    }

    // Nobody there can be meant: each has another account at this source, or plainly another name.
    private async Task<bool> IsSomebodyElseAsync(AddressRow row, Source source, SaidLearner said, CancellationToken cancellationToken) =>
        said.Account is not null && (await LikelyAsync(row, source, said, cancellationToken)).Count == 0;

    private async Task<IReadOnlyList<Learner>> LikelyAsync(
        AddressRow row, Source source, SaidLearner said, CancellationToken cancellationToken)
    {
        var likely = new List<Learner>();
        foreach (var id in row.Learners)
        {
            var hasOther = said.Account is not null && row.Links.Any(l => l.Learner == id && l.Source == source.Id);
            if (hasOther)
            {
                continue;
            }

            // One of whom nothing is written yet can be anybody.
            var learner = await learners.FindAsync(id, cancellationToken) ?? new Learner(id, null, null, "", default);
            if (!PersonName.DifferPlainly(learner.Name, said.Name))
            {
                likely.Add(learner);
            }
        }

        return likely;
    }

    private async Task<Learner> HearAsync(
        City city, Source source, string id, SaidLearner said, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var before = await learners.FindAsync(id, cancellationToken);
        var now = before?.Hear(said, at) ?? new Learner(id, said.Address, said.Name, said.Language ?? city.Languages[0], at);
        if (before is not null && before.Address != now.Address)
        {
            // The mail moves, never the badge. The new address leads here first, so that no moment has neither.
            await AtAddressAsync(city, source, said, now.Address!, id, cancellationToken);
            await LeaveAsync(city, id, before.Address, cancellationToken);
        }

        if (before is null || (before with { SaidAt = now.SaidAt }) != now)
        {
            await learners.KeepAsync(city.Id, now, cancellationToken);
        }

        return now;
    }

    private async Task LeaveAsync(City city, string id, string? address, CancellationToken cancellationToken)
    {
        while (address is not null)
        {
            var row = await identifiers.FindAsync(city.Id, address, cancellationToken);
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

    public sealed record Known(Learner Learner) : LearnerResolution;

    /// <param name="Reason">No personal data.</param>
    public sealed record Unknown(TextKey Reason) : LearnerResolution;
}
