using System.Collections.Concurrent;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CitiesOfLearning.App.Tests.Host;

/// <summary>The local Functions host, running the given function classes on a free port with a data folder of its own.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly IHost host;
    private readonly string folder;

    private TestHost(IHost host, string folder)
    {
        this.host = host;
        this.folder = folder;
        var address = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Client = new HttpClient { BaseAddress = new Uri(address) };
    }

    public HttpClient Client { get; }

    public static Task<TestHost> StartAsync(params Type[] functions)
    {
        return StartAsync(functions, _ => { });
    }

    /// <param name="functions">The classes whose functions run.</param>
    /// <param name="configure">What Program.cs would do after ConfigureFunctionsWebApplication.</param>
    /// <param name="settings">As on the command line: <c>--Name=value</c>.</param>
    public static async Task<TestHost> StartAsync(
        Type[] functions, Action<FunctionsApplicationBuilder> configure, params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("hub-test-host-").FullName;
        string[] args =
        [
            $"--Local:DataFolder={folder}", "--Local:Port=0", "--AzureWebJobsStorage=none", "--Logging:LogLevel:Default=None", .. settings,
        ];
        var builder = FunctionsApplication.CreateBuilder(args, functions);
        builder.ConfigureFunctionsWebApplication();
        builder.Services.AddSingleton<Notes>();
        configure(builder);
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);

        return new TestHost(host, folder);
    }

    public T Get<T>()
        where T : notnull
    {
        return host.Services.GetRequiredService<T>();
    }

    public Notes Notes => Get<Notes>();

    public Task StopAsync()
    {
        return host.StopAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await ((IAsyncDisposable)host).DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>What the functions of a test wrote down, in order; a test waits for it instead of sleeping.</summary>
public sealed class Notes
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<string> notes = new();

    public string[] All => [.. notes];

    public void Add(string note)
    {
        notes.Enqueue(note);
    }

    public Task UntilAsync(int count)
    {
        return UntilAsync(all => all.Length >= count);
    }

    public async Task UntilAsync(Func<string[], bool> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!holds(All))
        {
            Assert.False(patience.IsCancellationRequested, $"Waited in vain; noted so far: {string.Join(", ", All.Take(50))}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
