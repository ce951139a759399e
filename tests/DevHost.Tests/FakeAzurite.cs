using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CitiesOfLearning.DevHost.Tests;

/// <summary>Says that it is some version of Azurite, and nothing else.</summary>
internal sealed class FakeAzurite : IAsyncDisposable
{
    private readonly List<TcpListener> _listeners;
    private readonly Task _serving;

    private FakeAzurite(int firstPort, string version)
    {
        string[] services = ["Blob", "Queue", "Table"];
        _listeners = [.. services.Select((_, index) => new TcpListener(IPAddress.Loopback, firstPort + index))];
        _listeners.ForEach(listener => listener.Start());
        _serving = Task.WhenAll(services.Zip(_listeners, (service, listener) => Task.Run(() => ServeAsync(listener, $"Azurite-{service}/{version}"))));
    }

    public static FakeAzurite Start(int firstPort, string version) => new(firstPort, version);

    public async ValueTask DisposeAsync()
    {
        _listeners.ForEach(listener => listener.Dispose());
        await _serving;
    }

    private static async Task ServeAsync(TcpListener listener, string server)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await using var stream = client.GetStream();
                _ = await stream.ReadAsync(new byte[2048]);
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 403 Forbidden\r\nServer: {server}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
            }
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException or IOException)
        {
            // The listener was disposed.
        }
    }
}
