// What `dotnet new webapi` leaves when it is emptied: the yardstick of the benchmarks' start-up command.
var app = WebApplication.CreateBuilder(args).Build();
app.MapGet("/health/live", () => "alive\n");
await app.RunAsync();
