using System.Net.Http.Json;
using CitiesOfLearning.Tests.Apps.Sample;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CitiesOfLearning.FunctionsTesting.Tests;

public sealed class OverrideTests(FunctionsFactory<Program> app) : IClassFixture<FunctionsFactory<Program>>
{
    [Fact]
    public async Task A_service_can_be_replaced()
    {
        await using var replaced = app.WithWebHostBuilder(web => web.ConfigureTestServices(s => s.AddSingleton(new Greeting("good day"))));

        Assert.Equal("good day world", await replaced.CreateClient().GetStringAsync("/hello", Cancel));
        Assert.Equal("hello world", await app.CreateClient().GetStringAsync("/hello", Cancel));
    }

    [Fact]
    public async Task A_setting_can_be_replaced()
    {
        await using var replaced = app.WithWebHostBuilder(web => web.ConfigureAppConfiguration(c =>
            c.AddInMemoryCollection(new Dictionary<string, string?> { ["Who"] = "everybody" })));

        Assert.Equal("hello everybody", await replaced.CreateClient().GetStringAsync("/hello", Cancel));
    }

    [Fact]
    public async Task A_setting_can_be_there_before_the_app_is_built()
    {
        await using var replaced = app.With("Who", "you");

        Assert.Equal("hello you", await replaced.CreateClient().GetStringAsync("/hello", Cancel));
    }

    [Fact]
    public async Task A_derived_factory_has_its_own_functions_and_logs()
    {
        await using var first = app.With("Who", "first");
        await using var second = app.With("Who", "second");

        await first.InvokeAsync("note", "only here", cancellationToken: Cancel);

        Assert.Contains(first.Logs, l => l.Message == "Noted only here");
        Assert.DoesNotContain(second.Logs, l => l.Message == "Noted only here");
        Assert.DoesNotContain(app.Logs, l => l.Message == "Noted only here");
    }

    [Fact]
    public async Task The_app_believes_that_it_is_at_home()
    {
        var surrounding = await app.CreateClient().GetFromJsonAsync<Surrounding>("/environment", Cancel);

        Assert.Equal(new Surrounding("Development", AppContext.BaseDirectory, "CitiesOfLearning.Tests.Apps.Sample"), surrounding);
    }

    [Fact]
    public async Task The_environment_has_the_name_that_the_factory_gives()
    {
        await using var production = new ProductionApp();

        var surrounding = await production.CreateClient().GetFromJsonAsync<Surrounding>("/environment", Cancel);

        Assert.Equal("Production", surrounding?.Environment);
    }

    [Fact]
    public void A_factory_without_a_worker_says_so()
    {
        using var plain = new PlainFactory();

        var mistake = Assert.Throws<InvalidOperationException>(() => plain.Functions);

        Assert.StartsWith("This factory hosts no Functions worker.", mistake.Message);
        Assert.EndsWith("a FunctionsFactory<Greeting>.", mistake.Message);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private sealed class ProductionApp : FunctionsFactory<Program>
    {
        protected override string EnvironmentName => Environments.Production;
    }

    private sealed class PlainFactory : WebApplicationFactory<Greeting>
    {
        protected override IHostBuilder CreateHostBuilder() => new HostBuilder().ConfigureWebHost(web => web.Configure(_ => { }));

        protected override void ConfigureWebHost(IWebHostBuilder builder) => builder.UseContentRoot(AppContext.BaseDirectory);
    }
}
