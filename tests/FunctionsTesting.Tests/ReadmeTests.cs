using CitiesOfLearning.Tests.Apps.Sample;
using CitiesOfLearning.Tests.Support.Libraries;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

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

public sealed class MyRecordsTests(FunctionsFactory<Program> app) : IClassFixture<FunctionsFactory<Program>>
{
    [Fact]
    public async Task Answers_in_records()
    {
        FunctionDescription fails = app.Functions.Single(f => f.Name == "fails");
        Assert.Equal(("queue", null, 0), (fails.Trigger, fails.Route, fails.Methods.Count));

        FunctionOutcome outcome = await app.TryInvokeAsync("fails", "too long");
        Assert.False(outcome.Succeeded);
        Assert.Equal(
            ("fails", "System.InvalidOperationException", "Failed on purpose: too long"),
            (outcome.Failure!.Function, outcome.Failure.RemoteType, outcome.Failure.RemoteMessage));
        Assert.Contains("QueueFunctions.Fails", outcome.Failure.RemoteStack);

        FunctionLog said = app.Logs.First(log => log.InvocationId == outcome.InvocationId && log.Level == LogLevel.Error);
        Assert.StartsWith("Microsoft.Azure.Functions.Worker.", said.Category);
        Assert.StartsWith("System.InvalidOperationException: Failed on purpose", said.Exception);
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
