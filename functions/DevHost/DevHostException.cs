namespace CitiesOfLearning.DevHost;

/// <summary>Something about this machine keeps the hub from running; the message tells the person what, and what to do.</summary>
public sealed class DevHostException(string message) : Exception(message);
