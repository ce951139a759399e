using CitiesOfLearning.Hub.Cities;

namespace CitiesOfLearning.App.Pages;

/// <summary><c>GET /</c></summary>
public sealed record HomeView(IReadOnlyList<City> Cities) : View<HomePage>;
