using CitiesOfLearning.Hub.Cities;

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
/// <param name="LatestVersion">When it is higher than the badge's own, the page says that a newer version exists.</param>
public sealed record BadgeView(City City, BadgeClass Badge, int LatestVersion) : View<BadgePage>
{
    internal override City? Owner => City;
}
