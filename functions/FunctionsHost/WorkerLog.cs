using CitiesOfLearning.FunctionsHost.Protocol;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.FunctionsHost;

/// <summary>Writes what a worker logs under the category that it was logged under.</summary>
internal sealed class WorkerLog(ILoggerFactory loggers)
{
    public void Write(RpcLog line)
    {
        var logger = loggers.CreateLogger(line.Category.Length > 0 ? line.Category : "Worker");
        var level = (LogLevel)line.Level;
        if (logger.IsEnabled(level))
        {
            logger.Log(level, default, line, null, static (said, _) => Text(said));
        }
    }

    /// <summary>The message, and the exception under it.</summary>
    internal static string Text(RpcLog line) =>
        line.Exception is not { } exception ? line.Message : $"{line.Message}\n{exception.Type} {exception.Message}\n{exception.StackTrace}".TrimEnd();
}
