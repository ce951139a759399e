using System.Text.Json;
using CitiesOfLearning.JsonLd;
using CitiesOfLearning.OpenBadges.Json;
using CitiesOfLearning.OpenBadges.Keys;

namespace CitiesOfLearning.Hub.Verification.Issuers;

/// <summary>
/// Keys of JWTs that are named by an https address: the address leads to exactly one JWK, by itself or in a set, and the same key stands in
/// the set that the issuer's host publishes (https://www.imsglobal.org/spec/ob/v3p0/#jwt-proof-format). So whoever may write somewhere else
/// on a host, or anywhere else on the web, signs for nobody.
/// </summary>
public sealed class HostKeys(IssuerDocuments documents)
{
    // Reading a key costs more than its bytes.
    private const int MaxKeys = 500;

    public async Task<IssuerKey> FindAsync(string kid, string issuer, WorkBudget budget)
    {
        if (await documents.FindAsync(kid, budget) is not { } single)
        {
            return IssuerKey.Unknown.Unreachable;
        }

        if (KeyAt(single, kid) is not { } key)
        {
            return IssuerKey.Unknown.Unsound;
        }

        return await documents.FindAsync(SetOf(issuer), budget) is { } set
            ? InSet(set, key, issuer)
            : IssuerKey.Unknown.Unreachable;
    }

    // In a set it is the one that the address's fragment names, as in the specification's example.
    private static VerificationKey? KeyAt(JsonElement document, string kid) =>
        document.Member("keys") is not { ValueKind: JsonValueKind.Array } keys ? Jwk.Read(document)
        : kid.Split('#') is [_, var fragment] && keys
            .EnumerateArray()
            .Where(k => k.Text("kid") is { } foundKey && (foundKey == kid || foundKey == fragment))
            .ToArray() is [var named] ? Jwk.Read(named)
        : null;

    private static string SetOf(string issuer) =>
        Uri.TryCreate(issuer, UriKind.Absolute, out var url) ? url.GetLeftPart(UriPartial.Authority) + "/.well-known/jwks.json" : "";

    // Where a host speaks for several issuers, each key says whose it is (iss).
    private static IssuerKey InSet(JsonElement set, VerificationKey key, string issuer)
    {
        var keys = set.Member("keys") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Take(MaxKeys).ToArray() : [];
        var several = Array.Exists(keys, k => k.Member("iss") is not null);
        var same = Array.FindAll(keys, k => key.Equals(Jwk.Read(k)));
        return Array.Exists(same, k => !several || k.Text("iss") == issuer) ? new IssuerKey.Found(key)
            : same.Length > 0 ? IssuerKey.Refused.OtherIssuer
            : IssuerKey.Refused.NotListed;
    }
}
