using CitiesOfLearning.Hub.Verification.Fetching;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>What people are told of a third party's address: what the third party cannot choose freely.</summary>
internal static class IssuerName
{
    private const int MaxLength = 80;

    /// <summary>The host of an https address; else the identifier, shortened.</summary>
    public static string Of(string identifier) =>
        Uri.TryCreate(identifier, UriKind.Absolute, out var url) && url.Scheme is "https" or "http"
            && HostName.Ascii(url) is { Length: > 0 } host ? host
        : ReportedBadge.Cut(identifier, MaxLength);
}
