using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Identifiers;

namespace CitiesOfLearning.Hub.Learners;

/// <summary>A steward looks for a learner by what leads to one.</summary>
public sealed class LearnerSearch(
    IdentifierTable identifiers, LearnerTable learners, LearnerResolver resolver, HubIds ids)
{
    /// <summary>Everybody at the address.</summary>
    /// <param name="address">As it was typed.</param>
    public async Task<IReadOnlyList<Learner>> AtAddressAsync(City city, string address, CancellationToken cancellationToken)
    {
        if (EmailAddress.Normalize(PastedText.Trim(address)) is not { } normal)
        {
            return [];
        }

        var row = await identifiers.AtAsync(city.Id, normal, cancellationToken);
        var found = await Task.WhenAll(row.Learners.Select(id => learners.FindAsync(id, cancellationToken)));
        return [.. found.OfType<Learner>()];
    }

    /// <summary>Whom an account at a source leads to; one who so far only stands in its roster becomes a learner by being found.</summary>
    public async Task<Learner?> ByAccountAsync(City city, Source source, string account, CancellationToken cancellationToken)
    {
        var row = await identifiers.FindAsync(
            city.Id, source.Id, ids.AccountKey(city.Id, source.Id, SaidLearner.Spelling(account)), cancellationToken);
        if (row.Learner is { } known)
        {
            return await learners.FindAsync(known, cancellationToken);
        }

        var asked = new ReportedLearner(account, null, null, null);
        if (row.Word is null
            || await resolver.ResolveAsync(city, source, asked, row.WordAt, cancellationToken) is not LearnerResolution.Known found)
        {
            return null;
        }

        await learners.KeepAsync(city.Id, found.Learner, cancellationToken);
        return found.Learner;
    }

    /// <summary>The city's learner of this id.</summary>
    public Task<Learner?> FindAsync(City city, string learner, CancellationToken cancellationToken) =>
        learners.FindAsync(city.Id, learner, cancellationToken);
}
