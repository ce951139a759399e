using System.Diagnostics;
using System.IO.Compression;
using CitiesOfLearning.App.Shared.Telemetry;
using CitiesOfLearning.Hub.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace CitiesOfLearning.App.Tests.Http;

/// <summary>The real exporter, to a place that takes what Application Insights takes.</summary>
public sealed class TelemetryExportTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Spans_and_metrics_go_where_Application_Insights_is_configured()
    {
        var received = new List<string>();
        await using var insights = WebApplication.CreateSlimBuilder().Build();
        insights.Urls.Add("http://127.0.0.1:0");
        insights.MapPost("/{**path}", async (HttpRequest request) =>
        {
            await using var body = request.Headers.ContentEncoding == "gzip"
                ? new GZipStream(request.Body, CompressionMode.Decompress)
                : request.Body;
            using var reader = new StreamReader(body);
            var text = await reader.ReadToEndAsync(Cancel);
            lock (received)
            {
                received.Add(text);
            }

            var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
            return Results.Json(new { itemsReceived = lines, itemsAccepted = lines, errors = Array.Empty<object>() });
        });
        await insights.StartAsync(Cancel);

        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["APPLICATIONINSIGHTS_CONNECTION_STRING"] =
                $"InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint={insights.Urls.First()}/",
        });
        builder.AddTelemetry();
        string? trace = null;
        using (var hub = builder.Build())
        {
            await hub.StartAsync(Cancel);
            await HubTelemetry.StageAsync("RECEIVE", ActivityKind.Server, null, [new("city", "plymouth")], () =>
            {
                trace = Activity.Current!.TraceId.ToString();
                return Task.FromResult(true);
            });
            await hub.StopAsync(Cancel);
        }

        var all = string.Concat(received);
        Assert.Contains(trace!, all, StringComparison.Ordinal);
        Assert.Contains("RECEIVE", all, StringComparison.Ordinal);
        Assert.Contains("hub.stage.duration", all, StringComparison.Ordinal);
    }
}
