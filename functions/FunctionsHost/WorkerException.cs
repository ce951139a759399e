namespace CitiesOfLearning.FunctionsHost;

/// <summary>A worker could not do what it was asked, or went before it had; the message is a sentence for who runs the app.</summary>
public sealed class WorkerException : IOException
{
    internal WorkerException(string message)
        : base(message)
    {
    }
}
