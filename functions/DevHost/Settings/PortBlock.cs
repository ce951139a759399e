using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace CitiesOfLearning.DevHost.Settings;

/// <summary>Ports next to each other that this process may use; no other hub or test on this machine takes them meanwhile.</summary>
public sealed class PortBlock : IDisposable
{
    // Below the ranges from which Linux (32768) and the others (49152) draw the ports of outgoing connections.
    private const int LowestFree = 20000;
    private const int HighestFree = 32000;

    private readonly FileStream _lock;

    private PortBlock(int first, FileStream fileLock)
    {
        First = first;
        _lock = fileLock;
    }

    public int First { get; }

    /// <summary>The block at these ports if no other hub uses it, whether or not something else listens there.</summary>
    public static PortBlock? TryClaim(int first) =>
        UserFolder.TryLock($"port-{first}") is { } fileLock ? new PortBlock(first, fileLock) : null;

    /// <summary>A block where nothing listens.</summary>
    public static PortBlock FindFree(int count)
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var first = LowestFree + (RandomNumberGenerator.GetInt32((HighestFree - LowestFree) / 4) * 4);
            if (TryClaim(first) is { } block)
            {
                if (IsFree(first, count))
                {
                    return block;
                }

                block.Dispose();
            }
        }

        throw new DevHostException($"No free port found between {LowestFree} and {HighestFree}.");
    }

    public static bool IsFree(int first, int count) => Enumerable.Range(first, count).All(IsFree);

    public void Dispose() => _lock.Dispose();

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
