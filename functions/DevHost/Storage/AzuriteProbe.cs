using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace CitiesOfLearning.DevHost.Storage;

/// <summary>
/// Asks a port whether Azurite is there. A bare socket, because this runs before the hub listens and an HttpClient costs more.
/// </summary>
internal static partial class AzuriteProbe
{
    private static readonly string[] Services = ["Blob", "Queue", "Table"];

    /// <summary>Whether Azurite's blob, queue and table services answer on the three ports from this one.</summary>
    public static bool Answers(int firstPort, TimeSpan patience) => Find(firstPort, patience) is not null;

    /// <summary>
    /// The version of the Azurite that answers on the three ports from this one (the lowest, should they differ); null if none does.
    /// </summary>
    public static Version? Find(int firstPort, TimeSpan patience)
    {
        var versions = Services
            .Index()
            .Select(service => Ask(firstPort + service.Index, service.Item, patience))
            .TakeWhile(version => version is not null)
            .ToList();
        return versions.Count == Services.Length ? versions.Min() : null;
    }

    private static Version? Ask(int port, string service, TimeSpan patience)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.SendTimeout = socket.ReceiveTimeout = (int)patience.TotalMilliseconds;
            socket.Connect(IPAddress.Loopback, port);
            socket.Send("GET /devstoreaccount1?comp=list HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"u8);
            var server = ServerHeader().Match(Head(socket));
            return server.Success && server.Groups["service"].Value.Equals(service, StringComparison.OrdinalIgnoreCase)
                ? Version.Parse(server.Groups["version"].Value)
                : null;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private static string Head(Socket socket)
    {
        var buffer = new byte[2048];
        var length = 0;
        while (length < buffer.Length && socket.Receive(buffer.AsSpan(length)) is > 0 and var read)
        {
            length += read;
            if (buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) >= 0)
            {
                break;
            }
        }

        return Encoding.Latin1.GetString(buffer, 0, length);
    }

    // Server: Azurite-Blob/3.37.0
    [GeneratedRegex(@"^Server:\s*Azurite-(?<service>[A-Za-z]+)/(?<version>[0-9]{1,6}\.[0-9]{1,6}(\.[0-9]{1,6})?)",
        RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ServerHeader();
}
