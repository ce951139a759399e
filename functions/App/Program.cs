using CitiesOfLearning.App;
using CitiesOfLearning.App.Shared.Telemetry;
using CitiesOfLearning.Hub;
using CitiesOfLearning.Signing;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.AddTelemetry();
builder.AddAnswers();
builder.AddHub().AddSigner();

await builder.Build().RunAsync();
