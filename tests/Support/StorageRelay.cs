using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace CitiesOfLearning.Tests.Support;

/// <summary>
/// Stands between a hub and its storage at the level of sockets, so that what fails passes through the SDK and its retries as it does in
/// Azure.
/// </summary>
public sealed partial class StorageRelay : IDisposable
{
    private readonly List<TcpListener> _listeners = [];
    private readonly ConcurrentBag<TcpClient> _open = [];
    private volatile bool _silent;

    private StorageRelay(string account) => ConnectionString = Endpoint().Replace(account, endpoint =>
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _listeners.Add(listener);
        _ = AcceptAsync(listener, int.Parse(endpoint.Groups[1].ValueSpan));
        return $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
    });

    public string ConnectionString { get; }

    public static StorageRelay To(string account) => new(account);

    /// <summary>Takes what is sent, and every new connection, and never answers.</summary>
    public void FallSilent() => _silent = true;

    /// <summary>Cuts every connection and takes no other.</summary>
    public void Refuse()
    {
        _listeners.ForEach(l => l.Dispose());
        while (_open.TryTake(out var client))
        {
            client.Dispose();
        }
    }

    public void Dispose() => Refuse();

    private async Task AcceptAsync(TcpListener listener, int port)
    {
        try
        {
            while (true)
            {
                var near = await listener.AcceptTcpClientAsync();
                var far = new TcpClient();
                _open.Add(near);
                _open.Add(far);
                await far.ConnectAsync(IPAddress.Loopback, port);
                _ = PassAsync(near, far);
                _ = PassAsync(far, near);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It refuses from now on.
        }
    }

    private async Task PassAsync(TcpClient from, TcpClient to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer) is > 0 and var count)
            {
                while (_silent)
                {
                    await Task.Delay(TimeSpan.FromSeconds(0.1));
                }

                await to.GetStream().WriteAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or SocketException or ObjectDisposedException)
        {
            // One end is gone.
        }

        to.Dispose();
    }

    [GeneratedRegex(@"127\.0\.0\.1:(\d+)")]
    private static partial Regex Endpoint();
}
