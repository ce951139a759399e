using CitiesOfLearning.Hub.Verification.Fetching;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>What people are told of a stranger's address: what the stranger cannot choose freely.</summary>
internal static class IssuerName
{
    private const int Longest = 80;

    /// <summary>The host of an https address; else the identifier, shortened.</summary>
    public static string Of(string identifier) =>
        Uri.TryCreate(identifier, UriKind.Absolute, out var url) && url.Scheme is "https" or "http"
            && HostName.Ascii(url) is { Length: > 0 } host ? host
        : identifier.Length <= Longest ? identifier
        : string.Concat(identifier.AsSpan(0, Longest), "…");
}
