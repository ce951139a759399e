using CitiesOfLearning.Tests.Apps.OldStyle;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// As function apps were written before FunctionsApplication.CreateBuilder: no arguments are passed on.
var host = new HostBuilder()
    .ConfigureFunctionsWebApplication()
    .ConfigureServices(services => services.AddSingleton(new Word("real")).AddSingleton<Heard>())
    .Build();
await host.RunAsync();

/// <summary>Not public, as it would be by itself: its tests start two apps, and only one can be the Program.</summary>
internal sealed partial class Program;
