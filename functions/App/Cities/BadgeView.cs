using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Publishing;

namespace CitiesOfLearning.App.Cities;

/// <summary><c>GET /cities/{city}/badges/{badge}/v{n}</c></summary>
/// <param name="Newest">The city's definition: who may award the badge, and whether a newer version exists.</param>
public sealed record BadgeView(City City, BadgeClassVersion Badge, BadgeClass Newest) : View<BadgePage>
{
    internal override City? Owner => City;
}
