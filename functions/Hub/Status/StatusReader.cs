using System.Collections.Concurrent;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.OpenBadges.Json;
using CitiesOfLearning.OpenBadges.Jwt;
using CitiesOfLearning.OpenBadges.Status;

namespace CitiesOfLearning.Hub.Status;

/// <summary>A status list whose signature, purpose and dates have been checked.</summary>
public sealed record TrustedStatusList(StatusListBits Bits, DateTimeOffset ValidUntil, DateTimeOffset ReadAt);

/// <summary>
/// Reads our own cities' published status lists. They are kept for a few seconds, and dropped at once when this instance changes one, so an
/// answer is never older than <see cref="MaxAge"/>.
/// </summary>
public sealed class StatusReader(StatusLists lists, SignatureChecker signatures, HubUrls urls, TimeProvider time)
{
    /// <summary>How old an answer may be.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, TrustedStatusList> _read = new();

    /// <summary>The list as it is now; null if it is missing or its signature is not good.</summary>
    /// <exception cref="Azure.RequestFailedException">Storage did not answer.</exception>
    public async ValueTask<TrustedStatusList?> FindAsync(CityId city, string purpose, int number, CancellationToken cancellationToken)
    {
        var address = urls.StatusList(city, purpose, number);
        if (_read.TryGetValue(address, out var known) && time.GetUtcNow() - known.ReadAt < MaxAge)
        {
            return known;
        }

        var published = await lists.FindAsync(city, purpose, number, cancellationToken);
        if (published is null || await TrustAsync(published, city, purpose, address, cancellationToken) is not { } trusted)
        {
            _read.TryRemove(address, out _);
            return null;
        }

        return _read[address] = trusted;
    }

    /// <summary>The list was just published again.</summary>
    public void Forget(CityId city, string purpose, int number) => _read.TryRemove(urls.StatusList(city, purpose, number), out _);

    // https://www.w3.org/TR/vc-bitstring-status-list/#validate-algorithm
    private async Task<TrustedStatusList?> TrustAsync(
        byte[] published, CityId city, string purpose, string address, CancellationToken cancellationToken)
    {
        if (VcJwt.Read(published) is not { } jwt || await signatures.CheckAsync(jwt, city, cancellationToken) != SignatureResult.Good)
        {
            return null;
        }

        // Anything else that the city ever signed, a badge for one, has a good signature as well.
        using var document = CredentialJson.TryParse(jwt.Payload);
        return document is { RootElement: var list }
            && list.Text("id") == address
            && list.Text("issuer") == urls.City(city)
            && list.Member("credentialSubject") is { } subject
            && subject.Text("type") == "BitstringStatusList"
            && subject.Text("statusPurpose") == purpose
            && subject.Text("encodedList") is { } encoded && StatusListBits.TryDecode(encoded, out var bits, out _)
            && list.Moment("validUntil") is { } validUntil
                ? new TrustedStatusList(bits, validUntil, time.GetUtcNow())
                : null;
    }
}
