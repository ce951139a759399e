using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Cities;

namespace CitiesOfLearning.App.Cities;

/// <summary><c>GET /cities/{city}/catalogue</c></summary>
public sealed record CatalogueView(City City) : View<CataloguePage>
{
    internal override City? Owner => City;
}
