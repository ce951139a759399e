using CitiesOfLearning.DevHost.Settings;

namespace CitiesOfLearning.DevHost;

/// <summary>The port on which people and senders reach this machine, and what it is called.</summary>
internal sealed class HubPort : IDisposable
{
    private readonly PortBlock? _claim;

    private HubPort(int number, PortBlock? claim)
    {
        Number = number;
        _claim = claim;
    }

    public int Number { get; }

    /// <summary>The same on this machine, whatever its public address is.</summary>
    public Uri Address => new($"http://localhost:{Number}/");

    /// <summary>Of the stand-in for Microsoft Graph.</summary>
    public string GraphUrl => new Uri(Address, "local/graph/v1.0").ToString();

    /// <param name="wanted">0 for a free one.</param>
    /// <exception cref="DevHostException">Something listens there.</exception>
    public static HubPort Choose(int wanted)
    {
        if (wanted == 0)
        {
            var free = PortBlock.FindFree(1);
            return new HubPort(free.First, free);
        }

        return PortBlock.IsFree(wanted, 1) ? new HubPort(wanted, null) : throw Taken(wanted);
    }

    public static DevHostException Taken(int port) => new(
        $"Port {port} is in use, so the hub cannot listen there. Choose another, for example:\n" +
        $"  Local__Port={port + 1} dotnet run --project functions/App");

    /// <summary>
    /// Where the world sees the hub, unless somebody says otherwise. In a codespace that is the address of the forwarded port:
    /// https://docs.github.com/codespaces/developing-in-a-codespace/default-environment-variables-for-your-codespace
    /// </summary>
    public string PublicUrl(Func<string, string?> environment) =>
        environment("CODESPACE_NAME") is { Length: > 0 } name
            && environment("GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN") is { Length: > 0 } domain
            ? $"https://{name}-{Number}.{domain}"
            : $"http://localhost:{Number}";

    public void Dispose() => _claim?.Dispose();
}
