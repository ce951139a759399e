using CitiesOfLearning.Tests.Apps.Sample;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
if (builder.Configuration["FailBeforeBuild"] is { } reason)
{
    throw new InvalidOperationException(reason);
}

if (builder.Configuration["HangAtStart"] is not null)
{
    await Task.Delay(Timeout.Infinite);
}

builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<CountingMiddleware>();
builder.Services.AddSingleton<Notes>().AddSingleton<Calls>().AddSingleton(new Greeting("hello"));
builder.Services.AddHostedService<StartUpCheck>();
LackedFunctions.AddTo(builder.Services);
await builder.Build().RunAsync();
