using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Publishing;

namespace CitiesOfLearning.App.Staff;

/// <summary>A slip to print for a learner without email. The only time that the code is shown.</summary>
/// <param name="Code">10 characters, shown as 5-5.</param>
public sealed record SlipView(City City, BadgeClassVersion Badge, string Code, string Word, DateTimeOffset Expires) : View<SlipPage>
{
    internal override City? Owner => City;
}
