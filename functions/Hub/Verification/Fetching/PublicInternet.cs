using System.Net;
using System.Net.Sockets;

namespace CitiesOfLearning.Hub.Verification.Fetching;

/// <summary>
/// Which addresses are on the public Internet. The others reach into the network that the hub stands in, or nowhere:
/// https://www.iana.org/assignments/iana-ipv4-special-registry/ and https://www.iana.org/assignments/iana-ipv6-special-registry/.
/// </summary>
internal static class PublicInternet
{
    private static readonly IPNetwork[] NotPublic4 =
    [
        .. new[]
        {
            "0.0.0.0/8", // this network
            "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", // private
            "100.64.0.0/10", // behind a carrier's translation; a cloud's metadata (100.100.100.200)
            "127.0.0.0/8", // loopback
            "168.63.129.16/32", // Azure's own services for a virtual machine, though the range around it is public
            "169.254.0.0/16", // link-local; clouds' metadata (169.254.169.254)
            "192.0.0.0/24", // protocol assignments; a cloud's metadata (192.0.0.192)
            "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", // documentation
            "192.88.99.0/24", // 6to4 relays
            "198.18.0.0/15", // benchmarking
            "224.0.0.0/4", // multicast
            "240.0.0.0/4", // reserved, broadcast
        }.Select(IPNetwork.Parse),
    ];

    // All that has been given out for global use; what lies outside is unspecified, loopback, unique local, link-local, multicast, …
    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] NotPublic6 =
    [
        .. new[]
        {
            "2001::/23", // protocol assignments, Teredo among them
            "2001:db8::/32", "3fff::/20", // documentation
            "2002::/16", // 6to4
        }.Select(IPNetwork.Parse),
    ];

    // RFC 6052: where there is no IPv4, public IPv4 addresses look like this.
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    public static bool Has(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !Array.Exists(NotPublic4, n => n.Contains(address)),
        AddressFamily.InterNetworkV6 when address.IsIPv4MappedToIPv6 => Has(address.MapToIPv4()),
        AddressFamily.InterNetworkV6 when Nat64.Contains(address) => Has(new IPAddress(address.GetAddressBytes().AsSpan(12))),
        AddressFamily.InterNetworkV6 =>
            address.ScopeId == 0 && Global6.Contains(address) && !Array.Exists(NotPublic6, n => n.Contains(address)),
        _ => false,
    };
}
