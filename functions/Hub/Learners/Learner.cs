namespace CitiesOfLearning.Hub.Learners;

/// <summary>A person who earned something in one city.</summary>
/// <param name="Key">Keyed hash of the city and the address (or, without one, of the source and account): see
/// <c>HubIds.LearnerKey</c>.</param>
/// <param name="Address">Where the claim link goes; null for learners without email, who get a printed slip.</param>
/// <param name="Language">BCP 47, one of the city's.</param>
public sealed record Learner(string Key, string? Address, string? Name, string Language);
