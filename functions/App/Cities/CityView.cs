using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Cities;

namespace CitiesOfLearning.App.Cities;

/// <summary><c>GET /cities/{city}</c></summary>
public sealed record CityView(City City) : View<CityPage>
{
    internal override City? Owner => City;
}
