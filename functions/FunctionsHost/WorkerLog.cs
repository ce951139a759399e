using CitiesOfLearning.FunctionsHost.Protocol;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.FunctionsHost;

/// <summary>Writes what a worker logs under the category that it was logged under.</summary>
internal sealed class WorkerLog(ILoggerFactory loggers)
{
    /// <param name="isCancelled">Nobody waits for the invocation that it is about: that such a one ends with an exception is not worth its
    /// stack.</param>
    public void Write(RpcLog line, bool isCancelled)
    {
        var logger = loggers.CreateLogger(line.Category.Length > 0 ? line.Category : "Worker");
        var level = (LogLevel)line.Level;
        if (isCancelled && level >= LogLevel.Warning)
        {
            logger.Log(
                LogLevel.Debug, default, line, null, static (said, _) => $"{said.Message.Split('\n')[0]} {said.Exception?.Type}".TrimEnd());
        }
        else if (logger.IsEnabled(level))
        {
            logger.Log(level, default, line, null, static (said, _) => Text(said));
        }
    }

    /// <summary>The message, and the exception under it.</summary>
    internal static string Text(RpcLog line) =>
        line.Exception is not { } exception
            ? line.Message
            : $"{line.Message}\n{exception.Type} {exception.Message}\n{exception.StackTrace}".TrimEnd();
}
