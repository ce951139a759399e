using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.Local.Worker;

internal static class LocalLogging
{
    /// <summary>What is said, and how, is in the section Logging (LaptopSettings).</summary>
    public static void AddLocalLogging(this WebApplicationBuilder web)
    {
        web.Logging
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical) // start-up faults are thrown as well
            .AddConfiguration(web.Configuration.GetSection("Logging"))
            .AddConsole();
    }
}
