using System.Text.RegularExpressions;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.FunctionsHost.Tests;

public sealed partial class ReadmeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void The_readme_shows_code_that_was_compiled()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "functions", "FunctionsHost", "README.md"));
        var compiled = Lines(File.ReadAllText(Path.Combine(Repository.Root, "tests", "FunctionsHost.Tests", "ReadmeTests.cs")));

        var block = Assert.Single(Block().Matches(readme.ReplaceLineEndings("\n"))).Groups[1].Value;

        Assert.Contains(Lines(block), compiled, StringComparison.Ordinal);
    }

    [Fact]
    public async Task And_it_does_what_the_readme_says()
    {
        var (appFolder, storage, stop) = (SampleApp.Folder, await TestStorage.ConnectionStringAsync(), Cancel);

        await using var host = new FunctionsAppHost(new FunctionsAppHostOptions
        {
            AppFolder = appFolder,
            Port = 0,
            Settings = new Dictionary<string, string?> { ["AzureWebJobsStorage"] = storage, ["Who"] = "harbour" },
        });
        await host.StartAsync(stop);
        await host.Ready.WaitAsync(stop);

        using var client = new HttpClient { BaseAddress = host.Address };
        var said = await client.GetStringAsync("hello", stop);

        Assert.Equal("hello harbour", said);
    }

    private static string Lines(string code) => string.Join('\n', code.ReplaceLineEndings("\n").Split('\n').Select(l => l.Trim())).Trim();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
