using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Cities;

namespace CitiesOfLearning.App.Site;

/// <summary><c>GET /</c></summary>
public sealed record HomeView(IReadOnlyList<City> Cities) : View<HomePage>;
