using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Texts;
using CitiesOfLearning.Hub.Upkeep;

namespace CitiesOfLearning.App.Staff;

/// <summary>What <see cref="ManageWaiting"/> shows, and <see cref="ManageReplay"/> too where nothing was chosen.</summary>
internal static class WaitingList
{
    // As many as a form may choose from.
    private const int MaxShown = 50;

    public static async Task<WaitingView> ViewAsync(
        this DeadLetters deadLetters, City city, string? after, TextKey? problem, CancellationToken cancellationToken)
    {
        await deadLetters.GatherAsync(cancellationToken);
        var page = await deadLetters.ListAsync(city.Id, MaxShown, after, cancellationToken);
        var messages = new List<WaitingMessage>();
        foreach (var letter in page.Letters)
        {
            messages.Add(new(letter, await deadLetters.BodyAsync(letter, cancellationToken)));
        }

        return new WaitingView(city, messages, page.Next, problem);
    }
}
