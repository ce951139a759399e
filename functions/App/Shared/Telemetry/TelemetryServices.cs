using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using CitiesOfLearning.Hub.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CitiesOfLearning.App.Shared.Telemetry;

public static class TelemetryServices
{
    private const string ClientId = "ClientId=";

    /// <summary>
    /// Every line of the log names its trace. Where Application Insights is configured the hub's spans and metrics go there; the log goes
    /// there by the Functions host, and not twice.
    /// </summary>
    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        builder.Services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(
            services => new TracedLogs(ActivatorUtilities.CreateInstance<LoggerFactory>(services))));
        if (builder.Configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"] is { Length: > 0 } insights)
        {
            AddExport(builder.Services, insights, builder.Configuration["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"]);
        }
    }

    private static void AddExport(IServiceCollection services, string insights, string? asWhom)
    {
        services
            .AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(HubTelemetry.Name))

            // A badge has five spans; whether its webhook's caller is sampled says nothing about it.
            .WithTracing(tracing => tracing
                .AddSource(HubTelemetry.Name)
                .AddAzureMonitorTraceExporter(Export)
                .SetSampler(new AlwaysOnSampler()))
            .WithMetrics(metrics => metrics.AddMeter(HubTelemetry.Name).AddAzureMonitorMetricExporter(Export));

        void Export(AzureMonitorExporterOptions options)
        {
            options.ConnectionString = insights;
            options.SamplingRatio = 1;
            options.TracesPerSecond = null;
            options.Credential = asWhom is null ? null : new ManagedIdentityCredential(Identity(asWhom));
        }
    }

    // ClientId=…;Authorization=AAD, as the Functions host reads it.
    private static ManagedIdentityId Identity(string asWhom) =>
        asWhom.Split(';').FirstOrDefault(p => p.StartsWith(ClientId, StringComparison.OrdinalIgnoreCase)) is { } client
            ? ManagedIdentityId.FromUserAssignedClientId(client[ClientId.Length..])
            : ManagedIdentityId.SystemAssigned;
}
