using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CitiesOfLearning.FunctionsHost.Http;

/// <summary>
/// How the worker's HTTP server is reached. It says that it is ready before it listens, so connecting is tried again; a request never is.
/// </summary>
internal static class WorkerConnections
{
    /// <summary>Every byte is a character of it: what the app writes passes unchanged.</summary>
    public static readonly Encoding ResponseHeaders = Encoding.Latin1;

    private const int MaxTries = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    // To 127.0.0.1 and no name: there is nothing to look up anew, so a connection may live as long as the worker.
    public static HttpMessageInvoker CreateClient() => new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,

        // As Kestrel reads a request's headers on both sides, so that their bytes stay as they are.
        RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        ResponseHeaderEncodingSelector = (_, _) => ResponseHeaders,
        ConnectCallback = async (context, cancellationToken) => await ConnectAsync(context.DnsEndPoint, cancellationToken),
    });

    private static async Task<NetworkStream> ConnectAsync(DnsEndPoint worker, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(worker, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException) when (tries < MaxTries)
            {
                socket.Dispose();
                await Task.Delay(Pause, cancellationToken);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }
}
