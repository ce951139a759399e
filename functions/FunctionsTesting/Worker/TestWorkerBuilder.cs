using System.Reflection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CitiesOfLearning.FunctionsTesting.Worker;

internal static class TestWorkerBuilder
{
    public static void UseTestWorker(this IHostBuilder builder, TestWorker worker, Assembly app)
    {
        // As keys, and last: the worker reads the switches --functions-… from the process's command line alone, the test runner's.
        builder.ConfigureAppConfiguration(configuration => configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Functions:Worker:HostEndpoint"] = worker.Address,
            ["Functions:Worker:WorkerId"] = worker.Id,
            ["Functions:Worker:RequestId"] = worker.Id,
            ["Functions:Worker:GrpcMaxMessageLength"] = $"{int.MaxValue}",
        }));

        // By a factory, so that the container disposes of it.
        builder.ConfigureServices(services =>
        {
            services.AddSingleton(_ => worker).AddSingleton<IStartupFilter, HostFront>();
            AwaitedLifetime.AddTo(services, worker.Awaited);
        });
        builder.UseGenerated(app);
    }

    /// <summary>
    /// What the worker does for the assembly that the process was started with, which here is the test's: the generated list of functions
    /// and the generated code that calls them, and the start-up code of extensions.
    /// </summary>
    private static void UseGenerated(this IHostBuilder builder, Assembly app)
    {
        foreach (var type in app.GetTypes().Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(IAutoConfigureStartup))))
        {
            ((IAutoConfigureStartup)Activator.CreateInstance(type)!).Configure(builder);
        }

        if (app.GetCustomAttribute<WorkerExtensionStartupCodeExecutorInfoAttribute>() is { } extensions)
        {
            builder.ConfigureServices(services =>
                ((WorkerExtensionStartup)Activator.CreateInstance(extensions.StartupCodeExecutorType)!).Configure(
                    (IFunctionsWorkerApplicationBuilder)services.First(s => s.ServiceType == typeof(IFunctionsWorkerApplicationBuilder))
                        .ImplementationInstance!));
        }
    }
}
