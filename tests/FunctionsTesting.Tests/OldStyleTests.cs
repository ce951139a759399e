using System.Net;
using CitiesOfLearning.Tests.Apps.OldStyle;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CitiesOfLearning.FunctionsTesting.Tests;

/// <summary>An app made by <c>new HostBuilder().ConfigureFunctionsWebApplication()</c>, in a folder of its own.</summary>
public sealed class OldStyleTests(OldStyleApp app) : IClassFixture<OldStyleApp>
{
    [Fact]
    public async Task It_answers_under_its_own_prefix_in_its_own_environment()
    {
        Assert.Equal("real 5 - Staging", await app.CreateClient().GetStringAsync("/v2/word/5", Cancel));
        Assert.Equal(HttpStatusCode.NotFound, (await app.CreateClient().GetAsync("/word/5", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Services_and_settings_can_be_replaced()
    {
        await using var replaced = app.WithWebHostBuilder(web => web
            .ConfigureAppConfiguration(c => c.AddInMemoryCollection(new Dictionary<string, string?> { ["Who"] = "me" }))
            .ConfigureTestServices(s => s.AddSingleton(new Word("other"))));

        Assert.Equal("other 1 me Staging", await replaced.CreateClient().GetStringAsync("/v2/word/1", Cancel));
    }

    [Fact]
    public async Task Its_queue_functions_run()
    {
        await app.InvokeAsync("hear", "this", cancellationToken: Cancel);

        Assert.Contains("this", app.Services.GetRequiredService<Heard>().Words);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
