namespace CitiesOfLearning.Hub.Verification.Fetching;

/// <summary>The ASCII form of a host's name (RFC 5891, 4), in which no other alphabet's letters look like it.</summary>
internal static class HostName
{
    /// <summary>Null if there is none: .NET parses addresses whose host breaks the rules for names, and throws only here.</summary>
    public static string? Ascii(Uri url)
    {
        try
        {
            return url.IdnHost;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }
}
