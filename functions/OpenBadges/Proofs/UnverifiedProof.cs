using System.Globalization;
using System.Text.Json;
using CitiesOfLearning.OpenBadges.Json;

namespace CitiesOfLearning.OpenBadges.Proofs;

/// <summary>An embedded proof that no one has verified yet (https://www.w3.org/TR/vc-data-integrity/#proofs).</summary>
/// <param name="Json">As it stands in the document.</param>
/// <param name="Id">What a later proof calls it by, or null.</param>
/// <param name="SuiteName">The cryptosuite, or the type of a proof that names none.</param>
/// <param name="Suite">Null if it is not known here.</param>
/// <param name="PreviousProofs">The ids of the proofs that this one secures with the document.</param>
public sealed record UnverifiedProof(
    JsonElement Json,
    string? Id,
    string SuiteName,
    Cryptosuite? Suite,
    string VerificationMethod,
    string Purpose,
    DateTimeOffset? Created,
    DateTimeOffset? Expires,
    string ProofValue,
    IReadOnlyList<string> PreviousProofs)
{
    /// <summary>No document needs more, and each costs a canonicalization.</summary>
    public const int MaxProofs = 8;

    /// <summary>
    /// Those of the document's proofs that can be read: each is read by itself, and one that is malformed says nothing of the others. Null
    /// if there are too many, or two have the same id.
    /// </summary>
    internal static IReadOnlyList<UnverifiedProof>? ReadAll(JsonElement document)
    {
        var proofs = document.Values("proof").Take(MaxProofs + 1).ToList();
        var read = proofs.Select(Read).OfType<UnverifiedProof>().ToList();
        return proofs.Count <= MaxProofs && IdsDiffer(read) ? read : null;
    }

    private static UnverifiedProof? Read(JsonElement proof)
    {
        if (proof.Text("type") is not { } type
            || proof.Text("verificationMethod") is not { } method
            || proof.Text("proofPurpose") is not { } purpose
            || !Moment(proof, "created", out var created)
            || !Moment(proof, "expires", out var expires)
            || Previous(proof) is not { } previous
            || (proof.Member("id") is not null && proof.Text("id") is null)
            || (proof.Member("cryptosuite") is not null && proof.Text("cryptosuite") is null))
        {
            return null;
        }

        var name = proof.Text("cryptosuite");
        var suite = Cryptosuite.Find(type, name);
        var value = suite is null ? proof.Text("proofValue") ?? proof.Text("jws") : proof.Text(suite.HasJws ? "jws" : "proofValue");
        var jws = suite is { HasJws: true } && value is not null ? DetachedJws.Read(value) : null;
        if (value is null || (suite is { HasJws: true } && jws is null))
        {
            return null;
        }

        suite = jws is { IsKnown: false } ? null : suite;
        return new UnverifiedProof(proof, proof.Text("id"), name ?? type, suite, method, purpose, created, expires, value, previous);
    }

    private static List<string>? Previous(JsonElement proof)
    {
        if (proof.Member("previousProof") is not { } previous)
        {
            return [];
        }

        var ids = previous.ValueKind == JsonValueKind.Array ? previous.EnumerateArray().ToList() : [previous];
        return ids.TrueForAll(i => i.ValueKind == JsonValueKind.String) ? ids.ConvertAll(i => i.GetString()!) : null;
    }

    private static bool IdsDiffer(List<UnverifiedProof> proofs)
    {
        var ids = proofs.Select(p => p.Id).OfType<string>().ToList();
        return ids.Distinct(StringComparer.Ordinal).Count() == ids.Count;
    }

    private static bool Moment(JsonElement proof, string name, out DateTimeOffset? moment)
    {
        moment = DateTimeStamp.Read(proof.Text(name));
        return moment is not null || proof.Member(name) is null;
    }
}
