using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Publishing;

namespace CitiesOfLearning.App.Pages;

/// <summary><c>GET /cities/{city}</c></summary>
public sealed record CityView(City City) : View<CityPage>
{
    internal override City? Owner => City;
}

/// <summary><c>GET /cities/{city}/catalogue</c></summary>
public sealed record CatalogueView(City City) : View<CataloguePage>
{
    internal override City? Owner => City;
}

/// <summary><c>GET /cities/{city}/badges/{badge}/v{n}</c></summary>
/// <param name="Newest">The city's definition: who may award the badge, and whether a newer version exists.</param>
public sealed record BadgeView(City City, PublishedVersion Badge, BadgeClass Newest) : View<BadgePage>
{
    internal override City? Owner => City;
}
