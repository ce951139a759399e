using CitiesOfLearning.App.Shared.Pages;

namespace CitiesOfLearning.App.Claims;

/// <summary>The token is unknown, used up or expired: all look the same.</summary>
public sealed record ClaimUnavailableView : View<ClaimUnavailablePage>;
