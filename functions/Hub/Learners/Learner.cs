namespace CitiesOfLearning.Hub.Learners;

/// <summary>
/// A person who earned something in one city. Name, language and address are what was said of them last, and may change; the id never
/// does, and <see cref="IdentifierTable"/> says what leads to it.
/// </summary>
/// <param name="Address">Where the claim link goes; null for learners without email, who get a printed slip.</param>
/// <param name="Language">BCP 47, one of the city's.</param>
/// <param name="SaidAt">When that was said.</param>
public sealed record Learner(string Id, string? Address, string? Name, string Language, DateTimeOffset SaidAt)
{
    /// <summary>With what somebody says of them now, unless something newer is known.</summary>
    public Learner Hear(SaidLearner said, DateTimeOffset at) => at < SaidAt
        ? this with { Address = Address ?? said.Address, Name = Name ?? said.Name }
        : this with
        {
            Address = said.Address ?? Address,
            Name = SaysLess(said.Name) ? Name : said.Name ?? Name,
            Language = said.Language ?? Language,
            SaidAt = at,
        };

    // A form that asks for the first name only corrects nothing.
    private bool SaysLess(string? name) => PersonName.Of(name).SaysLess(PersonName.Of(Name));
}
