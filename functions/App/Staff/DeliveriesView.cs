using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Deliveries;

namespace CitiesOfLearning.App.Staff;

/// <summary>
/// <c>GET /manage/{city}/deliveries</c>. "Map again" posts to <c>/manage/{city}/deliveries/{source}/{delivery}/map-again</c>.
/// </summary>
/// <param name="Deliveries">Newest first.</param>
public sealed record DeliveriesView(City City, IReadOnlyList<DeliveryRecord> Deliveries) : View<DeliveriesPage>
{
    internal override City? Owner => City;
}
