namespace CitiesOfLearning.Local.Laptop.Providers;

/// <summary>How a sample provider speaks; named as the source profile is.</summary>
public enum SampleProfile
{
    Moodle,
    GitHub,
    StandardWebhooks,
}

/// <summary>A provider of the sample cities that /local plays.</summary>
/// <param name="City">The city it delivers to.</param>
/// <param name="Source">Its name among the city's sources.</param>
/// <param name="Profile">How it speaks.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Course">What is finished there.</param>
public sealed record SampleProvider(string City, string Source, SampleProfile Profile, string Title, string Course)
{
    /// <summary>The sample data that design.md promises; localsettings-sample/cities holds the other half.</summary>
    public static IReadOnlyList<SampleProvider> All { get; } =
    [
        new("plymouth", "moodle", SampleProfile.Moodle, "Moodle", "Python for beginners"),
        new("plymouth", "code-club", SampleProfile.GitHub, "Code club (GitHub)", "the Graduate workflow"),
        new("plymouth", "hub", SampleProfile.StandardWebhooks, "Any provider (Standard Webhooks)", "Tide pool survey"),
        new("brighton", "moodle-local-webhooks", SampleProfile.Moodle, "Moodle", "Python for beginners"),
        new("brighton", "github-workflow-run", SampleProfile.GitHub, "Code club (GitHub)", "the Graduate workflow"),
        new("brighton", "standard-webhooks", SampleProfile.StandardWebhooks, "Any provider (Standard Webhooks)", "Tide pool survey"),
    ];

    public string SecretSetting => $"Sources:{City}:{Source}:Secret";
}
