using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Learners;

namespace CitiesOfLearning.App.Staff;

/// <summary><c>GET /manage/{city}/who</c>: everybody whom nobody knows yet.</summary>
/// <param name="Questions">One page of them, by source.</param>
/// <param name="Count">How many there are in all.</param>
/// <param name="Completions">How many completions wait for them.</param>
/// <param name="Next">Where the next page begins; null after the last.</param>
public sealed record WhoView(City City, IReadOnlyList<Question> Questions, int Count, int Completions, string? Next = null) : View<WhoPage>
{
    internal override City? Owner => City;
}
