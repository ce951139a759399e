namespace CitiesOfLearning.FunctionsTesting;

/// <summary>A function threw. What it threw stayed with the worker, as in Azure; this is what the worker told its host of it.</summary>
public sealed class FunctionFailedException : Exception
{
    internal FunctionFailedException(string function, string remoteType, string remoteMessage, string remoteStack)
        : base($"{function} failed with {remoteType}: {remoteMessage}")
    {
        Function = function;
        RemoteType = remoteType;
        RemoteMessage = remoteMessage;
        RemoteStack = remoteStack;
    }

    /// <summary>The function's name.</summary>
    public string Function { get; }

    /// <summary>The full name of the exception's type; empty if the worker did not say.</summary>
    public string RemoteType { get; }

    /// <summary>The exception's message.</summary>
    public string RemoteMessage { get; }

    /// <summary>The exception's stack trace, in the worker.</summary>
    public string RemoteStack { get; }

    /// <summary>With the stack traces of both sides.</summary>
    public override string ToString() => $"{base.ToString()}\n--- In the worker:\n{RemoteStack}";
}
