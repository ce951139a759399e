using CitiesOfLearning.Hub.Identifiers;

namespace CitiesOfLearning.Hub.Signing;

/// <summary>
/// A payload that keeps every rule: there is no way to make one but through <see cref="CredentialRules"/>, and nothing else can be signed.
/// </summary>
public sealed class CheckedCredential
{
    private CheckedCredential(CityId city, IssuerScheme scheme, ReadOnlyMemory<byte> payload)
    {
        (City, IssuerScheme) = (city, scheme);

        // A copy: what was checked cannot be changed afterwards.
        Payload = payload.ToArray();
    }

    /// <summary>Whose key signs it.</summary>
    public CityId City { get; }

    /// <summary>How the city names itself in it.</summary>
    public IssuerScheme IssuerScheme { get; }

    /// <summary>The JWT's payload, UTF-8 JSON.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>The payload of this award's badge.</summary>
    /// <exception cref="CredentialRuleException">A rule is broken; nothing may be signed.</exception>
    public static CheckedCredential Badge(ReadOnlyMemory<byte> payload, CityId city, AwardId awardId, HubUrls urls)
    {
        return new CheckedCredential(city, CredentialRules.CheckBadge(payload, city, awardId, urls), payload);
    }

    /// <summary>The payload of one of the city's status lists.</summary>
    /// <exception cref="CredentialRuleException">A rule is broken; nothing may be signed.</exception>
    public static CheckedCredential StatusList(ReadOnlyMemory<byte> payload, CityId city, string purpose, int number, HubUrls urls)
    {
        CredentialRules.CheckStatusList(payload, city, purpose, number, urls);
        return new CheckedCredential(city, IssuerSchemes.OfList(number), payload);
    }
}
