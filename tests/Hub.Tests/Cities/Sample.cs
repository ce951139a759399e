using System.Collections.Frozen;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Cities;

/// <summary>The sample cities, and small changes to them.</summary>
internal static class Sample
{
    public static IReadOnlySet<string> Profiles { get; } = new[] { "moodle-local-webhooks", "github-workflow-run", "standard-webhooks" }.ToFrozenSet();

    public static CityParser Parser { get; } = new(Profiles);

    public static City Plymouth { get; } = Parser.Parse("plymouth", Files("plymouth")).City!;

    public static City Brighton { get; } = Parser.Parse("brighton", Files("brighton")).City!;

    public static CityFiles Files(string city) => CityFiles.FromFolder(Path.Combine(Repository.SampleCities, city));
}
