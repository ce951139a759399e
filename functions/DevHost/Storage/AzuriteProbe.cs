using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CitiesOfLearning.DevHost;

/// <summary>Asks a port whether Azurite is there. A bare socket, because this runs before the hub listens and an HttpClient costs more.</summary>
internal static class AzuriteProbe
{
    private static readonly string[] Services = ["Blob", "Queue", "Table"];

    /// <summary>Whether Azurite's blob, queue and table services answer on the three ports from this one.</summary>
    public static bool Answers(int firstPort, TimeSpan patience) =>
        Services.Index().All(service => Answers(firstPort + service.Index, service.Item, patience));

    private static bool Answers(int port, string service, TimeSpan patience)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.SendTimeout = socket.ReceiveTimeout = (int)patience.TotalMilliseconds;
            socket.Connect(IPAddress.Loopback, port);
            socket.Send("GET /devstoreaccount1?comp=list HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"u8);
            return Head(socket).Contains($"Server: Azurite-{service}/", StringComparison.OrdinalIgnoreCase);
        }
        catch (SocketException)
        {
            return false;
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
}
