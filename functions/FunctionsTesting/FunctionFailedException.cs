namespace CitiesOfLearning.FunctionsTesting;

/// <summary>A function threw. What it threw stayed with the worker, as in Azure; this is what the worker told its host of it.</summary>
/// <param name="function">Its name.</param>
/// <param name="remoteType">Full name of the exception's type.</param>
/// <param name="remoteMessage">The exception's message.</param>
/// <param name="remoteStack">The exception's stack trace.</param>
public sealed class FunctionFailedException(string function, string remoteType, string remoteMessage, string remoteStack)
    : Exception($"{function} failed with {remoteType}: {remoteMessage}")
{
    public string Function => function;

    public string RemoteType => remoteType;

    public string RemoteMessage => remoteMessage;

    public string RemoteStack => remoteStack;

    public override string ToString() => $"{base.ToString()}\n--- In the worker:\n{RemoteStack}";
}
