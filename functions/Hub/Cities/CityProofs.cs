using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;

namespace CitiesOfLearning.Hub.Cities;

/// <summary>
/// Every badge has a JWT and a form with an embedded proof; this says which of each, and which of the two is baked into the picture.
/// A vault key can make each of them.
/// </summary>
/// <param name="Jwt">RS256 is the one that every verifier must accept.</param>
public sealed record CityProofs(SigningAlgorithm Jwt, SigningCryptosuite Embedded, bool BakesJwt)
{
    private static readonly Dictionary<string, SigningAlgorithm> Jwts =
        Enum.GetValues<SigningAlgorithm>().ToDictionary(a => $"jwt-{a.ToString().ToLowerInvariant()}", StringComparer.Ordinal);

    private static readonly Dictionary<string, SigningCryptosuite> Suites =
        Cryptosuite.All.OfType<SigningCryptosuite>().ToDictionary(s => s.Name, StringComparer.Ordinal);

    public static CityProofs Default { get; } = new(SigningAlgorithm.ES256, Cryptosuite.EcdsaSd2023, BakesJwt: true);

    /// <summary>The JWTs that a city can choose, as <c>city.json</c> writes them.</summary>
    public static IReadOnlyCollection<string> JwtNames => Jwts.Keys;

    /// <summary>The embedded proofs that a city can choose, as <c>city.json</c> writes them.</summary>
    public static IReadOnlyCollection<string> EmbeddedNames => Suites.Keys;

    /// <summary>What a list of one or two names means: the first is baked, and a form that it does not name is the usual one.</summary>
    /// <returns>Null if a name is unknown, or two name the same form.</returns>
    public static CityProofs? Of(IReadOnlyList<string> names)
    {
        var jwts = names.Where(Jwts.ContainsKey).ToList();
        var suites = names.Where(Suites.ContainsKey).ToList();
        return names.Count > 0 && jwts.Count + suites.Count == names.Count && jwts.Count < 2 && suites.Count < 2
            ? new CityProofs(
                jwts is [var jwt] ? Jwts[jwt] : Default.Jwt,
                suites is [var suite] ? Suites[suite] : Default.Embedded,
                BakesJwt: jwts.Contains(names[0]))
            : null;
    }
}
