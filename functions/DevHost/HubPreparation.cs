using Azure;
using CitiesOfLearning.Hub;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Learners;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.LocalKeys;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.DevHost;

/// <summary>What the infrastructure and the upload do in Azure: tables and queues, the cities' keys, the cities.</summary>
internal sealed class HubPreparation(DevMachine machine, LoadedCities loaded, ILoggerFactory logging)
{
    private static readonly TimeSpan StoragePatience = TimeSpan.FromSeconds(12);

    /// <param name="storage">When it is done, storage should answer.</param>
    /// <exception cref="DevHostException">Storage does not answer, or the data folder cannot be written.</exception>
    public async Task RunAsync(Task storage, Action<string> say, CancellationToken cancellationToken)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(machine.Settings.All);
        builder.Services.AddSingleton(logging);
        builder.AddHub();
        using var host = builder.Build();

        // Before a city is there: whoever sees it may ask for its keys at once.
        var signer = new LocalSigner(builder.Configuration, TimeProvider.System);
        var folder = machine.Settings.Text("Local:CitiesFolder")!;
        await Task.Run(() => PrepareKeys(signer, Cities(folder)), cancellationToken);

        await storage.WaitAsync(cancellationToken);
        await CreateAsync(host.Services, cancellationToken);
        await using var output = new StringWriter();
        var (store, rosters) = (host.Services.GetRequiredService<CityStore>(), host.Services.GetRequiredService<RosterUpload>());
        await CityFolder.LoadAsync(folder, store, rosters, output, cancellationToken);
        say(output.ToString().TrimEnd());
        var cities = await host.Services.GetRequiredService<CityDirectory>().AllAsync(cancellationToken);
        PrepareKeys(signer, cities.Select(city => city.Id)); // of cities that are in storage from another day
        loaded.Set(cities);
    }

    private static async Task CreateAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(StoragePatience);
        try
        {
            await services.GetRequiredService<HubStorage>().CreateAsync(patience.Token);
        }
        catch (RequestFailedException e) when (e.Status > 0)
        {
            throw DevHostException.Refused(e);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DevHostException(
                $"Storage does not answer: {Reason(e)}\n" +
                $"{DevMachine.StorageSetting} says where it is. Correct it, or unset it and the hub starts storage of its own.");
        }
    }

    private static string Reason(Exception e) => e switch
    {
        OperationCanceledException => $"nothing came within {StoragePatience.TotalSeconds:0} s.",
        AggregateException { InnerExceptions: [var first, ..] } => Reason(first),
        _ => e.Message.Split('\n')[0].TrimEnd(),
    };

    // What cannot be a city's name is no city's folder; loading says so.
    private static IEnumerable<CityId> Cities(string folder) => !Directory.Exists(folder) ? [] : Directory.EnumerateDirectories(folder)
        .Select(city => CityId.TryParse(Path.GetFileName(city), out var id) ? id : (CityId?)null)
        .OfType<CityId>();

    private void PrepareKeys(LocalSigner signer, IEnumerable<CityId> cities) => machine.Data.Explained(() =>
    {
        foreach (var city in cities)
        {
            signer.Prepare(city);
        }

        return true;
    });
}
