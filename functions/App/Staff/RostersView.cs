using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Learners;
using CitiesOfLearning.Hub.Texts;

namespace CitiesOfLearning.App.Staff;

/// <summary><c>GET /manage/{city}/rosters</c>; its form posts <c>source</c> and <c>file</c> there.</summary>
/// <param name="Source">The one that was chosen.</param>
/// <param name="Receipt">What became of the file that was sent.</param>
/// <param name="Problem">Why nothing was read.</param>
public sealed record RostersView(City City, string? Source = null, RosterReceipt? Receipt = null, TextKey? Problem = null)
    : View<RostersPage>
{
    internal override City? Owner => City;
}
