using System.Reflection;
using CitiesOfLearning.Local.Laptop;
using CitiesOfLearning.Local.Worker;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Builder;

public sealed class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private readonly WebApplicationBuilder web;
    private readonly Laptop laptop;
    private readonly string outputFolder;
    private readonly Func<Type[]> functionClasses;
    private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware = [];

    internal FunctionsApplicationBuilder(string[] args, Assembly app, Func<Type[]> functionClasses)
    {
        this.functionClasses = functionClasses;
        outputFolder = Path.GetDirectoryName(app.Location)!;

        // The empty builder starts in half the time of the default one: no file watchers, no providers nobody reads.
        web = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = app.GetName().Name,
            EnvironmentName = System.Environment.GetEnvironmentVariable("AZURE_FUNCTIONS_ENVIRONMENT") ?? Environments.Development,
        });
        web.Configuration.AddEnvironmentVariables();
        web.Services.TryAddSingleton(TimeProvider.System);
        web.AddLocalLogging();

        laptop = Laptop.Prepare(this, args);
        web.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.ListenLocalhost(laptop.Port));
    }

    public IServiceCollection Services => web.Services;

    public IConfigurationManager Configuration => web.Configuration;

    public IHostEnvironment Environment => web.Environment;

    public ILoggingBuilder Logging => web.Logging;

    public IMetricsBuilder Metrics => web.Metrics;

    IDictionary<object, object> IHostApplicationBuilder.Properties => ((IHostApplicationBuilder)web).Properties;

    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        this.middleware.Add(middleware);

        return this;
    }

    public void ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory,
        Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull
    {
        ((IHostApplicationBuilder)web).ConfigureContainer(factory, configure);
    }

    public IHost Build()
    {
        var app = web.Build();
        var pipeline = middleware.AsEnumerable().Reverse()
            .Aggregate((FunctionExecutionDelegate)FunctionInvoker.InvokeAsync, (next, step) => step(next));

        return new LocalHost(app, laptop, FunctionCatalogue.From(functionClasses()), HostJson.Read(outputFolder, web.Configuration), pipeline);
    }
}
