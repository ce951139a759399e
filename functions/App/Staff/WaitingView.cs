using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Texts;
using CitiesOfLearning.Hub.Upkeep;

namespace CitiesOfLearning.App.Staff;

/// <summary>
/// <c>GET /manage/{city}/waiting</c>; its form posts <c>id</c>, as often as messages were chosen, or <c>all</c>, to
/// <c>/manage/{city}/waiting/replay</c>.
/// </summary>
/// <param name="Next">Where the next page begins; null after the last.</param>
/// <param name="Problem">Why nothing was sent again.</param>
public sealed record WaitingView(
    City City, IReadOnlyList<WaitingMessage> Messages, string? Next = null, TextKey? Problem = null)
    : View<WaitingPage>
{
    internal override City? Owner => City;
}

/// <param name="Body">What the sender sent, without secrets and addresses; null for an award, or after 30 days.</param>
public sealed record WaitingMessage(DeadLetter Letter, string? Body);
