using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Tests.Support;
using NJsonSchema;

namespace CitiesOfLearning.Hub.Tests.Cities;

public sealed class SchemaTests
{
    public static TheoryData<string, string> SampleFiles()
    {
        var files = new TheoryData<string, string>();
        foreach (var file in Directory
            .EnumerateFiles(Repository.SampleCities, "*.json", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal))
        {
            var path = Path.GetRelativePath(Repository.SampleCities, file);
            var folder = Path.GetFileName(Path.GetDirectoryName(path));
            files.Add(path, folder switch { "badges" => "badge", "sources" => "source", _ => Path.GetFileNameWithoutExtension(path) });
        }

        return files;
    }

    [Theory]
    [MemberData(nameof(SampleFiles))]
    public async Task The_sample_files_are_as_the_published_schemas_say(string file, string schema)
    {
        var validator = await SchemaAsync(schema);

        var errors = validator.Validate(
            await File.ReadAllTextAsync(Path.Combine(Repository.SampleCities, file), TestContext.Current.CancellationToken));

        Assert.Empty(errors);
    }

    [Fact]
    public async Task The_badge_schema_refuses_a_name_with_a_slip_in_it()
    {
        var badge = await File.ReadAllTextAsync(
            Path.Combine(Repository.SampleCities, "plymouth", "badges", "python-beginner.json"), TestContext.Current.CancellationToken);

        var errors = (await SchemaAsync("badge")).Validate(badge.Replace("\"awarders\"", "\"awarder\"", StringComparison.Ordinal));

        Assert.NotEmpty(errors);
    }

    private static Task<JsonSchema> SchemaAsync(string name) =>
        JsonSchema.FromJsonAsync(System.Text.Encoding.UTF8.GetString(Schemas.Find(name)!.Body.Span), TestContext.Current.CancellationToken);
}
