using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Deliveries;

namespace CitiesOfLearning.App.Staff;

/// <summary>
/// <c>GET /manage/{city}/deliveries</c>. "Map again" posts to
/// <c>/manage/{city}/deliveries/{source}/{delivery}/map-again</c>, "Award again" to <c>award-again</c>.
/// </summary>
/// <param name="Deliveries">Newest first.</param>
/// <param name="Next">Where the next page begins; null after the last.</param>
public sealed record DeliveriesView(City City, IReadOnlyList<DeliveryRecord> Deliveries, string? Next = null) : View<DeliveriesPage>
{
    internal override City? Owner => City;
}
