namespace CitiesOfLearning.DevHost.Senders;

/// <summary>A learner as their provider knows them.</summary>
/// <param name="Account">The provider's own number, where it has one.</param>
/// <param name="Name">The name, or the login at GitHub.</param>
/// <param name="Email">The address, where the provider sends it.</param>
public sealed record SampleLearner(int Account, string Name, string Email)
{
    public static SampleLearner Ada { get; } = new(7, "Ada", "ada@example.org");

    public static SampleLearner Gethin { get; } = new(8, "Gethin", "gethin@example.org");

    public static SampleLearner AdaAtGitHub { get; } = new(1001, "ada-codes", "ada@example.org");

    /// <summary>Who can finish a course there by one press; where the provider sends addresses, a person types one.</summary>
    public static IReadOnlyList<SampleLearner> At(SampleProfile profile) => profile switch
    {
        SampleProfile.Moodle => [Ada, Gethin],
        SampleProfile.GitHub => [AdaAtGitHub],
        _ => [],
    };
}
