namespace CitiesOfLearning.DevHost;

internal static class Proxies
{
    private const string ThisMachine = "127.0.0.1,localhost";

    /// <summary>
    /// A machine behind a proxy has <c>http_proxy</c> set, which .NET's clients obey for storage and mailbox on this machine too. In time
    /// only before the first client, which remembers what it read.
    /// </summary>
    public static void LeaveThisMachineAlone()
    {
        // The lower-case one counts where both are set.
        var known = Environment.GetEnvironmentVariable("no_proxy") ?? Environment.GetEnvironmentVariable("NO_PROXY");
        var all = known is { Length: > 0 } ? $"{known},{ThisMachine}" : ThisMachine;
        Environment.SetEnvironmentVariable("no_proxy", all);
        Environment.SetEnvironmentVariable("NO_PROXY", all);
    }
}
