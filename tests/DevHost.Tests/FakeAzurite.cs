using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CitiesOfLearning.DevHost.Tests;

/// <summary>Says that it is some version of Azurite, and refuses everything.</summary>
internal sealed class FakeAzurite : IAsyncDisposable
{
    private readonly List<TcpListener> _listeners;
    private readonly Task _serving;

    private FakeAzurite(int firstPort, string version, string status)
    {
        string[] services = ["Blob", "Queue", "Table"];
        _listeners = [.. services.Select((_, index) => new TcpListener(IPAddress.Loopback, firstPort + index))];
        _listeners.ForEach(listener => listener.Start());
        _serving = Task.WhenAll(
            services.Zip(
                _listeners,
                (service, listener) => Task.Run(() => ServeAsync(listener, $"{status}\r\nServer: Azurite-{service}/{version}"))));
    }

    public static FakeAzurite Start(int firstPort, string version, string status = "403 Forbidden") =>
        new(firstPort, version, status);

    public async ValueTask DisposeAsync()
    {
        _listeners.ForEach(listener => listener.Dispose());
        await _serving;
    }

    private static async Task ServeAsync(TcpListener listener, string head)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await using var stream = client.GetStream();
                _ = await stream.ReadAsync(new byte[2048]);
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {head}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
            }
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException or IOException)
        {
            // The listener was disposed.
        }
    }
}
