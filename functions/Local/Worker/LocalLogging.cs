using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.Local.Worker;

internal static class LocalLogging
{
    /// <summary>One line per entry. As in Azure, ASP.NET Core speaks from Warning up; Logging:LogLevel changes that.</summary>
    public static void AddLocalLogging(this WebApplicationBuilder web)
    {
        web.Logging
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("System", LogLevel.Warning)
            .AddFilter("Azure", LogLevel.Warning)
            .AddConfiguration(web.Configuration.GetSection("Logging"))
            .AddSimpleConsole(console => console.SingleLine = true);
    }
}
