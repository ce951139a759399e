using CitiesOfLearning.Hub;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.LocalKeys;
using CitiesOfLearning.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CitiesOfLearning.Benchmarks.StartUp;

/// <summary>What is there before a hub starts: storage with its tables, queues and the sample cities, their keys, the settings.</summary>
internal sealed class PreparedHub : IDisposable
{
    private readonly string _dataFolder = Directory.CreateTempSubdirectory("hub-startup-").FullName;

    private PreparedHub(string storage)
    {
        var key = Convert.ToBase64String(new byte[32]);
        Settings = new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = storage,
            ["Local:DataFolder"] = _dataFolder,
            ["Hub:PublicUrl"] = "http://localhost:7071",
            ["Hub:DataKey"] = key,
            ["Hub:HashKey"] = key,

            // As on a laptop; an app that logs five lines for each request would be a floor that is easily reached.
            ["Logging:LogLevel:Default"] = "Information",
            ["Logging:LogLevel:Microsoft"] = "Warning",
            ["Logging:LogLevel:System"] = "Warning",
            ["Logging:LogLevel:Azure"] = "Warning",
        };
    }

    public IReadOnlyDictionary<string, string?> Settings { get; }

    public static async Task<PreparedHub> CreateAsync()
    {
        var hub = new PreparedHub(await TestStorage.ConnectionStringAsync());
        try
        {
            await hub.FillAsync();
            return hub;
        }
        catch
        {
            hub.Dispose();
            throw;
        }
    }

    public void Dispose() => Directory.Delete(_dataFolder, recursive: true);

    private async Task FillAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.AddHub();
        using var host = builder.Build();
        await host.Services.GetRequiredService<HubStorage>().CreateAsync(CancellationToken.None);
        var store = host.Services.GetRequiredService<CityStore>();
        await using var output = new StringWriter();
        if (!await CityFolder.LoadAsync(Repository.SampleCities, store, null, output, CancellationToken.None))
        {
            throw new InvalidOperationException(output.ToString());
        }

        var signer = new LocalSigner(builder.Configuration, TimeProvider.System);
        foreach (var city in await host.Services.GetRequiredService<CityDirectory>().AllAsync(CancellationToken.None))
        {
            signer.Prepare(city.Id);
        }
    }
}
