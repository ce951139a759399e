using System.Text.Json;
using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Settings;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Infra.Tests;

public sealed class SettingsTests
{
    private static readonly JsonNode Sample = JsonNode.Parse(
        File.ReadAllText(Path.Combine(Repository.Root, "localsettings-sample", "local.settings.json")),
        documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!;

    [Fact]
    public void No_other_class_is_bound_to_settings() => Assert.Equal([nameof(HubOptions)], Settings.BoundTypes().Distinct());

    [Fact]
    public void A_message_that_failed_waits_in_every_deployment_or_a_short_trouble_ends_in_the_poison_queue() =>
        Assert.Equal("00:00:30", (string?)Settings.Queues["visibilityTimeout"]);

    [Fact]
    public void The_sample_of_local_settings_has_nothing_that_nobody_reads() => Assert.Empty(
        Sample["Values"]!.AsObject().Select(v => Settings.General(v.Key)).Except([.. Settings.Read, "FUNCTIONS_WORKER_RUNTIME"]));

    [Fact]
    public void The_sample_of_local_settings_has_a_secret_for_each_source_of_the_sample_cities()
    {
        var sources = Directory
            .EnumerateFiles(Repository.SampleCities, "*.json", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Repository.SampleCities, f).Split(Path.DirectorySeparatorChar))
            .Where(p => p is [_, "sources", _]).Select(p => $"Sources__{p[0]}__{Path.GetFileNameWithoutExtension(p[2])}__Secret");

        Assert.Equal(sources.Order(), Sample["Values"]!
            .AsObject()
            .Select(v => v.Key)
            .Where(k => k.StartsWith("Sources__", StringComparison.Ordinal))
            .Order());
    }

    [Fact]
    public void Every_setting_that_the_hub_reads_is_explained()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "settings.md"));

        Assert.All(Settings.Read, n => Assert.Contains($"`{n}`", page));
    }
}
