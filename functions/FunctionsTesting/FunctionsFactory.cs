using System.Reflection;
using CitiesOfLearning.FunctionsTesting.Worker;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CitiesOfLearning.FunctionsTesting;

/// <summary>
/// A <see cref="WebApplicationFactory{TEntryPoint}"/> for an isolated Functions app: its own <c>Program.cs</c> and the real worker run in
/// this process, behind as much of the Functions host as a test needs. What the app throws while it starts comes out of
/// <c>CreateClient()</c>. Any number of factories, of the same app and of different ones, may run at once.
/// </summary>
/// <typeparam name="TEntryPoint">Any public type of the app's assembly; its <c>Program</c>, or one that holds functions.</typeparam>
public class FunctionsFactory<TEntryPoint> : WebApplicationFactory<TEntryPoint>
    where TEntryPoint : class
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly Assembly App = typeof(TEntryPoint).Assembly;

    static FunctionsFactory()
    {
        // Otherwise the base class looks for a solution file above the test's folder, and throws where there is none.
        var name = App.GetName().Name!.ToUpperInvariant().Replace('.', '_');
        Environment.SetEnvironmentVariable($"ASPNETCORE_TEST_CONTENTROOT_{name}", AppContext.BaseDirectory);
        Loopback.GoesThroughNoProxy();
    }

    /// <summary>
    /// The app's output folder, with its assembly and its host.json; by default the test's own. A test project that refers to several apps
    /// has one host.json for all of them: there, name the folder of the app's own build.
    /// </summary>
    protected virtual string AppFolder => AppContext.BaseDirectory;

    /// <summary>In place of <c>UseEnvironment</c>, which comes too late for the worker.</summary>
    protected virtual string EnvironmentName => Environments.Development;

    /// <summary>Starts the app, and returns when its functions are loaded.</summary>
    /// <param name="builder">Is given what the worker needs; whoever overrides this may add to it.</param>
    protected override IHost CreateHost(IHostBuilder builder)
    {
        var worker = new TestWorker(AppFolder);
        try
        {
            builder.UseEnvironment(EnvironmentName).UseContentRoot(AppFolder).UseTestWorker(worker, App);
            using (ProcessVariables.Set(AppFolder, EnvironmentName, App.GetName().Name!))
            {
                var host = builder.Build();
                Start(host, worker);
                try
                {
                    WaitUntilReady(host, worker);
                    return host;
                }
                catch
                {
                    host.Dispose();
                    throw;
                }
            }
        }
        catch
        {
            worker.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The base class builds the host and starts it, which is to wait for the app's own start. If that has failed by then, Program.cs has
    /// disposed of the host, and all that comes out is that it is disposed of. So the app waits until it is waited for.
    /// </summary>
    private static void Start(IHost host, TestWorker worker)
    {
        var started = host.StartAsync();
        worker.MayStart();
        started.GetAwaiter().GetResult();
    }

    private static void WaitUntilReady(IHost host, TestWorker worker)
    {
        // Asked for here, so that the container disposes of it with the host.
        host.Services.GetRequiredService<TestWorker>();
        worker.Channel.Ready.WaitAsync(Patience).GetAwaiter().GetResult();
        worker.UseRoutes(host.Services.GetRequiredService<IConfiguration>());

        // The worker would read a variable of the process again when it first needs its endpoints.
        _ = host.Services.GetRequiredService<EndpointDataSource>().Endpoints;
    }
}
