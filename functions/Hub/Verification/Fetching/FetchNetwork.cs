using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using DnsClient;

namespace CitiesOfLearning.Hub.Verification.Fetching;

/// <summary>The Internet, as the fetcher sees it. Tests bring one of their own; every rule stands before it.</summary>
/// <param name="Resolve">The addresses of a host name.</param>
/// <param name="Dial">A connection to exactly this address.</param>
/// <param name="Root">The only certificate authority that is believed, or null for the system's.</param>
internal sealed record FetchNetwork(
    Func<string, CancellationToken, Task<IPAddress[]>> Resolve,
    Func<IPEndPoint, CancellationToken, Task<Stream>> Dial,
    X509Certificate2? Root = null)
{
    /// <param name="dns">Asked without a thread that waits: a name whose servers never answer holds up nobody else.</param>
    public static FetchNetwork Internet(IDnsQuery dns) =>
        new((host, cancellationToken) => ResolveAsync(dns, host, cancellationToken), DialAsync);

    /// <summary>The system's name servers, two seconds and a second try for each question.</summary>
    public static IDnsQuery SystemDns() => new LookupClient(new LookupClientOptions
    {
        Timeout = TimeSpan.FromSeconds(2),
        Retries = 1,
        UseCache = true,
        MaximumCacheTimeout = TimeSpan.FromMinutes(1),
    });

    /// <summary>
    /// Looks the host up once, and connects to the very address that was looked at: a name that means another address the next moment
    /// (DNS rebinding) gains nothing.
    /// </summary>
    /// <exception cref="AddressRefusedException">One of the addresses is not on the public Internet.</exception>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint host, CancellationToken cancellationToken)
    {
        var addresses = await Resolve(host.Host, cancellationToken);
        if (addresses.Any(a => !PublicInternet.Has(a)))
        {
            throw new AddressRefusedException();
        }

        SocketException? last = null;
        foreach (var address in addresses)
        {
            try
            {
                return await Dial(new IPEndPoint(address, host.Port), cancellationToken);
            }
            catch (SocketException e)
            {
                last = e;
            }
        }

        throw last ?? new SocketException((int)SocketError.HostNotFound);
    }

    private static async Task<IPAddress[]> ResolveAsync(IDnsQuery dns, string host, CancellationToken cancellationToken)
    {
        try
        {
            var answers = await Task.WhenAll(
                dns.QueryAsync(host, QueryType.A, cancellationToken: cancellationToken),
                dns.QueryAsync(host, QueryType.AAAA, cancellationToken: cancellationToken));
            IPAddress[] addresses = [.. answers.SelectMany(a => a.Answers.AddressRecords()).Select(r => r.Address)];
            return addresses.Length > 0 ? addresses : throw new SocketException((int)SocketError.HostNotFound);
        }
        catch (Exception e) when (e is DnsResponseException or DnsXidMismatchException or InvalidOperationException or ArgumentException)
        {
            // No answer, none that can be read, or no server to ask.
            throw new SocketException((int)SocketError.TryAgain);
        }
    }

    private static async Task<Stream> DialAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>Only to leave the HTTP stack with; the fetcher turns it into a value.</summary>
public sealed class AddressRefusedException() : Exception("The address is not on the public Internet.");
