using CitiesOfLearning.DevHost.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.DevHost;

/// <summary>One line for each entry, on the console; levels as in the settings under "Logging".</summary>
internal static class DevLogging
{
    public static ILoggerFactory Create(DevSettings settings) => LoggerFactory.Create(logging => logging
        .AddConfiguration(new ConfigurationBuilder().AddInMemoryCollection(settings.All).Build().GetSection("Logging"))
        .AddSimpleConsole(console => console.SingleLine = true));
}
