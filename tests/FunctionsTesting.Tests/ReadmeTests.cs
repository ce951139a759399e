using CitiesOfLearning.Tests.Apps.Sample;
using CitiesOfLearning.Tests.Support.Libraries;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

#pragma warning disable xUnit1051 // As in functions/FunctionsTesting/README.md, where a test says nothing of cancellation.

namespace CitiesOfLearning.FunctionsTesting.Tests;

public sealed class ReadmeTests
{
    [Fact]
    public void The_readme_shows_code_that_was_compiled() =>
        Assert.Empty(Readme.NotCompiled("functions/FunctionsTesting", "tests/FunctionsTesting.Tests"));
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
