namespace CitiesOfLearning.Hub.Verification;

/// <summary>What people are told of a stranger's address: what the stranger cannot choose freely.</summary>
internal static class IssuerName
{
    private const int Longest = 80;

    /// <summary>The host of an https address, in ASCII, so that no other alphabet's letters look like it; else the identifier, shortened.</summary>
    public static string Of(string identifier) =>
        Uri.TryCreate(identifier, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" && url.IdnHost.Length > 0 ? url.IdnHost
        : identifier.Length <= Longest ? identifier
        : string.Concat(identifier.AsSpan(0, Longest), "…");
}
