using System.Collections.Frozen;
using System.Text;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Cities;

/// <summary>The sample cities, and small changes to them.</summary>
internal static class Sample
{
    public static IReadOnlySet<string> Profiles { get; } = new[]
    {
        "moodle-local-webhooks",
        "github-workflow-run",
        "standard-webhooks"
    }.ToFrozenSet();

    public static CityParser Parser { get; } = new(Profiles);

    public static City Plymouth { get; } = Parser.Parse("plymouth", Files("plymouth")).City!;

    public static City Brighton { get; } = Parser.Parse("brighton", Files("brighton")).City!;

    /// <summary>The sample with some words of one file replaced.</summary>
    public static CityFiles Edited(string city, string file, params (string From, string To)[] edits)
    {
        var files = Files(city).ByPath.ToDictionary();
        var text = Encoding.UTF8.GetString(files[file]);
        foreach (var (from, to) in edits)
        {
            Assert.Contains(from, text);
            text = text.Replace(from, to, StringComparison.Ordinal);
        }

        files[file] = Encoding.UTF8.GetBytes(text);
        return new(files);
    }

    public static CityFiles Files(string city) => CityFiles.FromFolder(Path.Combine(Repository.SampleCities, city));
}
