using System.Text.RegularExpressions;

namespace CitiesOfLearning.Hub.Verification.Issuers;

/// <summary>https://w3c-ccg.github.io/did-method-web/#read-resolve</summary>
public static partial class DidWeb
{
    /// <summary>
    /// Where the DID document is: <c>did:web:host%3Aport:path</c> is at <c>https://host:port/path/did.json</c>. Null if it is no such DID.
    /// </summary>
    public static string? DocumentOf(string did)
    {
        var match = Syntax().Match(did);
        if (!match.Success)
        {
            return null;
        }

        var port = match.Groups["port"].Success ? ":" + match.Groups["port"].Value : "";
        var path = match.Groups["path"].Value.Replace(':', '/');
        return $"https://{match.Groups["host"].Value}{port}{(path.Length == 0 ? "/.well-known" : path)}/did.json";
    }

    // Percent-encoding is for the port's colon alone, and no part of the path may climb.
    [GeneratedRegex(
        @"^did:web:(?<host>[A-Za-z0-9.-]{1,253})(%3[Aa](?<port>[0-9]{1,5}))?(?<path>(:(?!\.{1,2}(:|\z))[A-Za-z0-9._~-]+)*)\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Syntax();
}
