using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.Hub.Status;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Verification.Fetching;
using CitiesOfLearning.Hub.Verification.Issuers;
using CitiesOfLearning.JsonLd;
using CitiesOfLearning.OpenBadges.Jwt;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.OpenBadges.Status;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>
/// Whom a credential names as its issuer: a city of this hub, or somebody else. It answers which key this is and which list is at this
/// address; everything else is the same for all.
/// </summary>
public abstract class Issuer
{
    /// <summary>An issuer signs with one or two; each may cost a request to a server that the issuer chooses.</summary>
    internal const int MaxKeys = 3;

    private Issuer(string id) => Id = id;

    /// <summary>As the credential names it.</summary>
    public string Id { get; }

    /// <summary>The algorithms of a token that may be looked at.</summary>
    internal abstract IReadOnlyList<string> Algorithms { get; }

    /// <summary>What is said of any other.</summary>
    internal abstract ProofCheck OtherAlgorithm { get; }

    /// <summary>The key of a JWS header's <c>kid</c>; no other header parameter is looked at.</summary>
    internal abstract ValueTask<IssuerKey> KeyByIdAsync(string? kid, WorkBudget budget);

    /// <summary>The key of an embedded proof's <c>verificationMethod</c>, for purpose <c>assertionMethod</c>.</summary>
    internal abstract ValueTask<IssuerKey> KeyByMethodAsync(string verificationMethod, WorkBudget budget);

    /// <summary>Where a badge's status of this purpose is to be looked up.</summary>
    internal abstract IEnumerable<StatusPlace> PlacesOf(BadgeCredential badge, string purpose);

    /// <summary>The list of this purpose at this address, if it is the issuer's.</summary>
    internal abstract Task<StatusListAnswer> ListAsync(string address, string purpose, WorkBudget budget);

    /// <summary>A city of this hub: nobody else is asked.</summary>
    public sealed class OfCity : Issuer
    {
        private static readonly IssuerScheme[] Schemes = Enum.GetValues<IssuerScheme>();

        private readonly ICredentialSigner _keys;
        private readonly StatusReader _lists;
        private readonly ProofVerifier _proofs;
        private readonly HubUrls _urls;
        private readonly TimeProvider _time;

        private readonly IssuerScheme _scheme;

        internal OfCity(
            City city,
            IssuerScheme scheme,
            ICredentialSigner keys,
            StatusReader lists,
            ProofVerifier proofs,
            HubUrls urls,
            TimeProvider time)
            : base(urls.Issuer(city.Id, scheme)) =>
            (City, _scheme, _keys, _lists, _proofs, _urls, _time) = (city, scheme, keys, lists, proofs, urls, time);

        public City City { get; }

        internal override IReadOnlyList<string> Algorithms { get; } = ["ES256", "RS256"];

        internal override ProofCheck OtherAlgorithm => ProofCheck.Forbidden;

        // kid selects among the keys that the city publishes, by either name, and there is no other.
        internal override async ValueTask<IssuerKey> KeyByIdAsync(string? kid, WorkBudget budget) =>
            await KeyAsync(k => Schemes.Any(s => _urls.KeyId(City.Id, k.KeyId, s) == kid), budget)
                ?? (BeginsWith(kid, _urls.Cities, _urls.Dids) && !BeginsWith(kid, [.. Schemes.Select(s => _urls.KeyId(City.Id, "", s))])
                    ? IssuerKey.Refused.OtherCity
                    : IssuerKey.Refused.NotListed);

        internal override async ValueTask<IssuerKey> KeyByMethodAsync(string verificationMethod, WorkBudget budget) =>
            await KeyAsync(
                k => k.Algorithm == SigningAlgorithm.ES256
                    && (Method(k.Multikey) == verificationMethod || Method(k.KeyId) == verificationMethod),
                budget)
            ?? IssuerKey.Refused.NotListed;

        // The entry names the revocation list; the suspension list beside it has the same number and index (docs/adr/0005).
        internal override IEnumerable<StatusPlace> PlacesOf(BadgeCredential badge, string purpose)
        {
            var prefix = ListsOf(StatusPurposes.Revocation);
            return badge.Status is [{ List: { } entry }] && entry.List.StartsWith(prefix, StringComparison.Ordinal)
                ? [entry with { List = ListsOf(purpose) + entry.List[prefix.Length..] }]
                : [new StatusPlace("", 0)];
        }

        internal override async Task<StatusListAnswer> ListAsync(string address, string purpose, WorkBudget budget)
        {
            return address.StartsWith(ListsOf(purpose), StringComparison.Ordinal)
                && int.TryParse(address[ListsOf(purpose).Length..], out var number)
                && await _lists.FindAsync(City.Id, purpose, number, ReadAsync, budget.CancellationToken) is { } list
                    ? new StatusListAnswer.Found(list.Bits, null, list.ValidUntil, list.ReadAt)
                    : StatusListAnswer.Unknown.Unreachable;

            // Anything else that the city ever signed, a badge for one, has a good signature as well.
            async ValueTask<TrustedStatusList?> ReadAsync(byte[] published) =>
                VcJwt.Read(published) is { } jwt
                && SignedCredential.Of(jwt) is { } signed
                && await StatusListDocument.ReadAsync(signed, address, purpose, this, _proofs, _time, budget)
                    is StatusListAnswer.Found { ValidUntil: { } until } found
                    ? new TrustedStatusList(found.Bits, until, found.At)
                    : null;
        }

        private async ValueTask<IssuerKey?> KeyAsync(Func<SigningKey, bool> isIt, WorkBudget budget) =>
            (await _keys.KeysAsync(City.Id, budget.CancellationToken)).LastOrDefault(isIt) is { } key
                ? new IssuerKey.Found(key.VerificationKey)
                : null;

        private static bool BeginsWith(string? kid, params string[] prefixes) =>
            kid is not null && prefixes.Any(p => kid.StartsWith(p, StringComparison.Ordinal));

        // By the key itself, as Open Badges writes it; by the name of the key, as the hub once did.
        private string Method(string fragment) => _urls.VerificationMethod(City.Id, fragment, _scheme);

        private string ListsOf(string purpose) => _urls.StatusList(City.Id, purpose, 0)[..^1];
    }

    /// <summary>Nobody whom the hub knows: what they publish is fetched.</summary>
    public sealed class Stranger : Issuer
    {
        private readonly IssuerKeys _keys;
        private readonly DocumentFetcher _fetcher;
        private readonly ProofVerifier _proofs;
        private readonly TimeProvider _time;

        internal Stranger(string id, IssuerKeys keys, DocumentFetcher fetcher, ProofVerifier proofs, TimeProvider time)
            : base(id) => (_keys, _fetcher, _proofs, _time) = (keys, fetcher, proofs, time);

        internal override IReadOnlyList<string> Algorithms { get; } = ["ES256", "ES384", "RS256", "EdDSA", "Ed25519"];

        internal override ProofCheck OtherAlgorithm => ProofCheck.NotKnown;

        internal override async ValueTask<IssuerKey> KeyByIdAsync(string? kid, WorkBudget budget) =>
            await _keys.FindByKeyIdAsync(kid, Id, budget);

        internal override async ValueTask<IssuerKey> KeyByMethodAsync(string verificationMethod, WorkBudget budget) =>
            await _keys.FindAsync(verificationMethod, Id, budget);

        internal override IEnumerable<StatusPlace> PlacesOf(BadgeCredential badge, string purpose) =>
            badge.Status.Where(e => e.Purpose == purpose).Select(e => e.List!);

        internal override async Task<StatusListAnswer> ListAsync(string address, string purpose, WorkBudget budget) =>
            await _fetcher.FetchAsync(address, budget) is not Fetched.Found fetched ? StatusListAnswer.Unknown.Unreachable
            : budget.Run(() => SignedCredential.Of(CredentialFile.Read(fetched.Body))) is not { } signed
                ? StatusListAnswer.Unknown.Unreadable
            : await StatusListDocument.ReadAsync(signed, address, purpose, this, _proofs, _time, budget) is var answer
                && answer is StatusListAnswer.Found found ? found with { At = fetched.At }
            : answer;
    }
}
