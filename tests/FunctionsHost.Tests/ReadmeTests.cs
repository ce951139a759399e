using CitiesOfLearning.Tests.Support;
using CitiesOfLearning.Tests.Support.Libraries;

namespace CitiesOfLearning.FunctionsHost.Tests;

public sealed class ReadmeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void The_readme_shows_code_that_was_compiled() =>
        Assert.Empty(Readme.NotCompiled("functions/FunctionsHost", "tests/FunctionsHost.Tests"));

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
}
