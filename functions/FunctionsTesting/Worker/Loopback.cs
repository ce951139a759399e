namespace CitiesOfLearning.FunctionsTesting.Worker;

internal static class Loopback
{
    private const string Address = "127.0.0.1";

    /// <summary>
    /// The worker's client obeys <c>http_proxy</c> even for this machine, and then finds nobody. In time only before the process's first
    /// HTTP client, which remembers what it read.
    /// </summary>
    public static void GoesThroughNoProxy()
    {
        // The lower-case one counts where both are set.
        var value = Environment.GetEnvironmentVariable("no_proxy") ?? Environment.GetEnvironmentVariable("NO_PROXY") ?? "";
        if (!value.Split(',').Contains(Address))
        {
            value = value.Length == 0 ? Address : $"{value},{Address}";
            Environment.SetEnvironmentVariable("no_proxy", value);
            Environment.SetEnvironmentVariable("NO_PROXY", value);
        }
    }
}
