using CitiesOfLearning.App;
using CitiesOfLearning.Home;
using CitiesOfLearning.Hub;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.AddAnswers();
builder.AddHub().AddHome();

await builder.Build().RunAsync();
