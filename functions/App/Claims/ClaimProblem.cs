namespace CitiesOfLearning.App.Claims;

/// <summary>What was wrong with what the learner typed.</summary>
public enum ClaimProblem
{
    None,
    Missing,
    Wrong,
    TooManyTries,
}
