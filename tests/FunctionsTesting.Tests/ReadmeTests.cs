using System.Text.RegularExpressions;
using CitiesOfLearning.Tests.Apps.Sample;
using CitiesOfLearning.Tests.Support;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

#pragma warning disable xUnit1051 // As in functions/FunctionsTesting/README.md, where a test says nothing of cancellation.

namespace CitiesOfLearning.FunctionsTesting.Tests;

public sealed partial class ReadmeTests
{
    [Fact]
    public void The_readme_shows_code_that_was_compiled()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "functions", "FunctionsTesting", "README.md"));
        var compiled = Lines(string.Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", "FunctionsTesting.Tests"), "*.cs")
            .Select(File.ReadAllText)));

        var blocks = Block().Matches(readme.ReplaceLineEndings("\n")).Select(m => m.Groups[1].Value).ToList();

        Assert.Equal(3, blocks.Count);
        Assert.All(blocks, block => Assert.Contains(Lines(block), compiled, StringComparison.Ordinal));
    }

    private static string Lines(string code) => string.Join('\n', code.ReplaceLineEndings("\n").Split('\n').Select(l => l.Trim())).Trim();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}

public sealed class MyTests(FunctionsFactory<Program> app) : IClassFixture<FunctionsFactory<Program>>
{
    [Fact]
    public async Task Greets_and_takes_notes()
    {
        Assert.Equal("hello world", await app.CreateClient().GetStringAsync("/hello"));
        await app.InvokeAsync("note", "milk");
        Assert.Contains(app.Logs, log => log.Message == "Noted milk");
    }
}

public sealed class MyOtherTests(FunctionsFactory<Program> app) : IClassFixture<FunctionsFactory<Program>>
{
    [Fact]
    public async Task Greets_otherwise()
    {
        await using var polite = app.WithWebHostBuilder(web => web.ConfigureTestServices(s => s.AddSingleton(new Greeting("good day"))));

        Assert.Equal("good day world", await polite.CreateClient().GetStringAsync("/hello"));
    }
}
