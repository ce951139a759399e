using CitiesOfLearning.App.Functions;
using CitiesOfLearning.App.Tests.Host;
using CitiesOfLearning.App.Tests.Journeys;
using CitiesOfLearning.Home;
using CitiesOfLearning.Hub;
using CitiesOfLearning.Hub.Credentials;
using CitiesOfLearning.LocalKeys;
using CitiesOfLearning.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CitiesOfLearning.App.Tests.Functions;

public sealed class HealthReadyTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("ready-tests-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Without_a_key_that_signs_it_is_not_ready_and_says_so()
    {
        // The sample cities are loaded; their keys are in another folder than this signer's.
        var signer = new LocalSigner(new ConfigurationBuilder().AddInMemoryCollection([new("Local:DataFolder", _data)]).Build(), TimeProvider.System);
        await using var host = await TestHost.StartAsync(
            [typeof(HealthReady)],
            builder => builder.AddHub().AddHome().Services.AddSingleton<ICredentialSigner>(signer),
            $"--AzureWebJobsStorage={await TestStorage.ConnectionStringAsync()}");

        var answer = "";
        await Wait.UntilAsync(async () => (answer = await AskAsync(host)) == "503 failing: keys", TimeSpan.FromSeconds(30), () => answer);
        signer.Prepare("brighton");

        Assert.Equal("200 ready", await AskAsync(host));
    }

    private static async Task<string> AskAsync(TestHost host)
    {
        using var answer = await host.Client.GetAsync("health/ready", TestContext.Current.CancellationToken);
        return $"{(int)answer.StatusCode} {(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).TrimEnd()}";
    }
}
