namespace CitiesOfLearning.FunctionsHost;

/// <summary>A worker could not do what it was asked, or went before it had.</summary>
public sealed class WorkerException(string message) : IOException(message);
