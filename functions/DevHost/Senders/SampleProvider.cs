namespace CitiesOfLearning.DevHost.Senders;

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
/// <param name="Activity">What the provider's system calls it: the course's number, the workflow's name, our activity id.</param>
public sealed record SampleProvider(string City, string Source, SampleProfile Profile, string Title, string Course, string Activity)
{
    /// <summary>The sample data that design.md promises; localsettings-sample/cities holds the other half.</summary>
    public static IReadOnlyList<SampleProvider> All { get; } =
    [
        new("plymouth", "moodle", SampleProfile.Moodle, "Moodle", "Python for beginners", "5"),
        new("plymouth", "code-club", SampleProfile.GitHub, "Code club (GitHub)", "the Graduate workflow", "Graduate"),
        new("plymouth", "hub", SampleProfile.StandardWebhooks, "Any provider (Standard Webhooks)", "Tide pool survey", "tide-pool-survey"),
        new("brighton", "moodle-local-webhooks", SampleProfile.Moodle, "Moodle", "Your first podcast", "12"),
        new("brighton", "github-workflow-run", SampleProfile.GitHub, "Web makers (GitHub)", "the Showcase workflow", "Showcase"),
        new(
            "brighton",
            "standard-webhooks",
            SampleProfile.StandardWebhooks,
            "Any provider (Standard Webhooks)",
            "Repair café",
            "repair-cafe"),
    ];

    public string SecretSetting => $"Sources:{City}:{Source}:Secret";
}
