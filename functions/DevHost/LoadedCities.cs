using CitiesOfLearning.DevHost.Senders;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Identifiers;

namespace CitiesOfLearning.DevHost;

/// <summary>The cities that this hub has, by id; none until they are loaded.</summary>
internal sealed class LoadedCities
{
    private volatile IReadOnlyList<LoadedCity> _all = [];

    public IReadOnlyList<LoadedCity> All => _all;

    public void Set(IEnumerable<City> cities) => _all =
    [
        .. cities.Select(city => new LoadedCity(
            city.Id,
            city.Name.In(null),
            [.. SampleProvider.All.Where(provider => provider.City == city.Id.ToString() && city.Sources.ContainsKey(provider.Source))])),
    ];
}

/// <param name="Name">In the city's default language.</param>
/// <param name="Senders">The sample providers that deliver to it; a city of one's own has none.</param>
internal sealed record LoadedCity(CityId Id, string Name, IReadOnlyList<SampleProvider> Senders);
