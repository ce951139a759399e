using CitiesOfLearning.Hub.Settings;
using Microsoft.Extensions.Options;

namespace CitiesOfLearning.Hub.Identifiers;

/// <summary>
/// Every address the hub puts into credentials, pages and messages. They are identifiers, so they never come from a request.
/// </summary>
/// <param name="publicUrl">Where the world sees the hub; a final slash is ignored.</param>
public sealed class HubUrls(string publicUrl)
{
    public HubUrls(IOptions<HubOptions> options)
        : this(options.Value.PublicUrl)
    {
    }

    /// <summary>Without a final slash.</summary>
    public string PublicUrl { get; } = publicUrl.TrimEnd('/');

    public string Verify => $"{PublicUrl}/verify";

    /// <summary>Every city's keys.</summary>
    public string Jwks => $"{PublicUrl}/.well-known/jwks.json";

    /// <summary>What the addresses of every city begin with.</summary>
    public string Cities => $"{PublicUrl}/cities/";

    /// <summary>What the DIDs of every city begin with.</summary>
    internal string Dids { get; } = DidPrefix(new Uri(publicUrl));

    /// <summary>The city's issuer profile.</summary>
    public string City(CityId city) => $"{Cities}{city}";

    /// <summary>The city as the issuer of a credential.</summary>
    public string Issuer(CityId city, IssuerScheme scheme) => scheme == IssuerScheme.DidWeb ? Did(city) : City(city);

    public string CityImage(CityId city, string extension) => $"{City(city)}/image.{extension}";

    /// <summary>A provider's place in the city's catalogue.</summary>
    public string Provider(CityId city, string provider) => $"{City(city)}#provider-{provider}";

    public string Catalogue(CityId city) => $"{City(city)}/catalogue";

    /// <summary>An entry of the city's spine, for frameworks that have no address of their own.</summary>
    public string SpineEntry(CityId city, string code) => $"{City(city)}#spine-{code}";

    /// <summary>One version of a badge class: its identifier, which never means anything else.</summary>
    public string Badge(CityId city, string badge, int version) => $"{City(city)}/badges/{badge}/v{version}";

    /// <summary>What a badge's result means: the <c>resultDescription</c> that a credential's result refers to.</summary>
    public string Result(CityId city, string badge, int version, string result) => $"{Badge(city, badge, version)}#{result}";

    /// <param name="extension">png or svg.</param>
    public string BadgeImage(CityId city, string badge, int version, string extension) => $"{Badge(city, badge, version)}.{extension}";

    /// <summary>One key, at an address of its own.</summary>
    public string Key(CityId city, string keyId) => $"{City(city)}/keys/{keyId}";

    /// <summary>One key as the <c>kid</c> of what it signs.</summary>
    public string KeyId(CityId city, string keyId, IssuerScheme scheme) =>
        scheme == IssuerScheme.DidWeb ? $"{Did(city)}#{keyId}" : Key(city, keyId);

    /// <summary>
    /// The same key as the city's profile or DID document lists it: the verification method of an embedded proof, whose controller is the
    /// city (https://www.w3.org/TR/cid-1.0/#verification-methods).
    /// </summary>
    /// <param name="fragment">The key as a Multikey, as Open Badges writes it.</param>
    public string VerificationMethod(CityId city, string fragment, IssuerScheme scheme) => $"{Issuer(city, scheme)}#{fragment}";

    /// <param name="purpose">revocation or suspension.</param>
    public string StatusList(CityId city, string purpose, int number) => $"{City(city)}/status/{purpose}-{number}";

    public string Credential(AwardId awardId) => $"{PublicUrl}/badges/{awardId}";

    /// <param name="language">For a learner whose language is not the city's first: the page greets them as the message did.</param>
    public string Claim(string token, string? language = null) =>
        $"{PublicUrl}/claim/{token}{(language is null ? "" : $"?lang={language}")}";

    /// <summary>
    /// The city as <c>did:web</c>; a port's colon is percent-encoded (did:web, 3.1:
    /// https://w3c-ccg.github.io/did-method-web/#method-specific-identifier).
    /// </summary>
    public string Did(CityId city) => $"{Dids}{city}";

    /// <summary>Whether an address or a DID that somebody wrote is on this hub.</summary>
    public bool IsOwn(string address) =>
        address.StartsWith(Dids, StringComparison.OrdinalIgnoreCase)
        || (Uri.TryCreate(address, UriKind.Absolute, out var url)
        && Uri.Compare(
            url, new Uri(PublicUrl), UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0);

    /// <summary>The city that this is the identifier of; there may be no such city. Null if it can be none.</summary>
    public (CityId City, IssuerScheme Scheme)? CityOf(string issuer) =>
        CityAfter(Cities, issuer) is { } city ? (city, IssuerScheme.Https)
        : CityAfter(Dids, issuer) is { } named ? (named, IssuerScheme.DidWeb)
        : null;

    /// <summary>
    /// The award whose credential has this address, in whichever form; there may be no such award. Null if it can be none.
    /// </summary>
    public AwardId? AwardIdOf(string address)
    {
        var prefix = $"{PublicUrl}/badges/";
        var end = prefix.Length + AwardId.Length;
        return address.StartsWith(prefix, StringComparison.Ordinal) && address.Length >= end
            && (address.Length == end || address[end] is '.' or '?' or '#' or '/')
            && AwardId.TryParse(address[prefix.Length..end], out var id)
            ? id
            : null;
    }

    private static CityId? CityAfter(string prefix, string issuer) =>
        issuer.StartsWith(prefix, StringComparison.Ordinal) && CityId.TryParse(issuer[prefix.Length..], out var city) ? city : null;

    private static string DidPrefix(Uri url)
    {
        var host = url.IsDefaultPort ? url.Host : $"{url.Host}%3A{url.Port}";
        var path = url.AbsolutePath.Trim('/').Replace('/', ':');
        return path.Length == 0 ? $"did:web:{host}:cities:" : $"did:web:{host}:{path}:cities:";
    }
}
