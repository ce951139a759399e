namespace CitiesOfLearning.Hub.Cities;

/// <summary>The proofs that a city can choose, as <c>city.json</c> writes them. A vault key can make each of them.</summary>
public static class ProofNames
{
    /// <summary>VC-JWT with ECDSA P-256.</summary>
    public const string JwtEs256 = "jwt-es256";

    /// <summary>VC-JWT with RSA 2048: the one that every verifier must accept.</summary>
    public const string JwtRs256 = "jwt-rs256";

    /// <summary>An embedded proof from which its holder can leave evidence and results out.</summary>
    public const string EcdsaSd2023 = "ecdsa-sd-2023";

    /// <summary>An embedded proof over the whole credential.</summary>
    public const string EcdsaRdfc2019 = "ecdsa-rdfc-2019";

    public static IReadOnlyList<string> All { get; } = [JwtEs256, JwtRs256, EcdsaSd2023, EcdsaRdfc2019];
}

/// <summary>
/// Every badge has a JWT and a form with an embedded proof; this says which of each, and which of the two is baked into the picture.
/// </summary>
/// <param name="Jwt"><see cref="ProofNames.JwtEs256"/> or <see cref="ProofNames.JwtRs256"/>.</param>
/// <param name="Embedded"><see cref="ProofNames.EcdsaSd2023"/> or <see cref="ProofNames.EcdsaRdfc2019"/>.</param>
public sealed record CityProofs(string Jwt, string Embedded, bool BakesJwt)
{
    public static CityProofs Default { get; } = new(ProofNames.JwtEs256, ProofNames.EcdsaSd2023, BakesJwt: true);

    /// <summary>What a list of one or two names means: the first is baked, and a form that it does not name is the usual one.</summary>
    /// <returns>Null if a name is unknown, or two name the same form.</returns>
    public static CityProofs? Of(IReadOnlyList<string> names)
    {
        if (names.Count is 0 or > 2
            || names.Any(n => !ProofNames.All.Contains(n))
            || (names.Count == 2 && IsJwt(names[0]) == IsJwt(names[1])))
        {
            return null;
        }

        return new CityProofs(
            names.FirstOrDefault(IsJwt) ?? Default.Jwt, names.FirstOrDefault(n => !IsJwt(n)) ?? Default.Embedded, IsJwt(names[0]));
    }

    private static bool IsJwt(string name) => name is ProofNames.JwtEs256 or ProofNames.JwtRs256;
}
