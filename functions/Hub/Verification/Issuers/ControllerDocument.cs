using System.Text.Json;
using CitiesOfLearning.OpenBadges.Json;
using CitiesOfLearning.OpenBadges.Keys;

namespace CitiesOfLearning.Hub.Verification.Issuers;

/// <summary>
/// A document in which somebody lists their keys: a DID document, or any other controlled identifier document
/// (https://www.w3.org/TR/cid-1.0/#retrieve-verification-method).
/// </summary>
internal static class ControllerDocument
{
    /// <summary>
    /// The key of this id, if the document is the issuer's own, lists the key for assertions, and says that the issuer controls it.
    /// </summary>
    public static IssuerKey Key(JsonElement document, string id, string issuer, DateTimeOffset now) =>
        Problem(document, id, issuer)
        ?? Only([.. Methods(document).Where(m => Absolute(m.Text("id"), issuer) == id)], issuer, now);

    /// <summary>
    /// Null if the document is the issuer's own and lists the key for assertions. One that says nothing about keys refuses none.
    /// </summary>
    public static IssuerKey? Problem(JsonElement document, string id, string issuer) =>
        document.Text("id") != issuer ? IssuerKey.Refused.NotListed
        : document.Member("assertionMethod") is null && document.Member("verificationMethod") is null ? IssuerKey.Unknown.Unreachable
        : Asserts(document, id, issuer) ? null
        : IssuerKey.Refused.NotListed;

    /// <summary>The key of a verification method, if this issuer controls it.</summary>
    public static IssuerKey Key(JsonElement method, string issuer, DateTimeOffset now) =>
        method.Text("controller") != issuer ? IssuerKey.Refused.OtherIssuer
        : VerificationMethod.Read(method) is not { } read ? IssuerKey.Unknown.Unsound
        : read.Until <= now ? IssuerKey.Refused.Ended
        : new IssuerKey.Found(read.Key);

    /// <summary>The key of this id in a document that need not be the issuer's, whether the document lists the method or is it.</summary>
    public static IssuerKey KeyElsewhere(JsonElement document, string id, string issuer, DateTimeOffset now) =>
        document.Text("id") == id ? Key(document, issuer, now) : Only([.. Methods(document).Where(m => m.Text("id") == id)], issuer, now);

    /// <summary>Whether the document lists the method, or is it.</summary>
    public static bool Has(JsonElement document, string id) =>
        document.Text("id") == id || Methods(document).Any(m => m.Text("id") == id);

    // https://www.w3.org/TR/cid-1.0/#verification-relationships: a reference, or the method itself.
    private static bool Asserts(JsonElement document, string id, string issuer) =>
        document
            .Values("assertionMethod")
            .Any(m => Absolute(m.ValueKind == JsonValueKind.String ? m.GetString() : m.Text("id"), issuer) == id);

    // Registries write the same method where it is defined and again where it is used; equal ones are one.
    private static IssuerKey Only(JsonElement[] methods, string issuer, DateTimeOffset now) =>
        methods.Length == 0 ? IssuerKey.Refused.NotListed
        : Array.TrueForAll(methods, m => JsonElement.DeepEquals(m, methods[0])) ? Key(methods[0], issuer, now)
        : IssuerKey.Unknown.Ambiguous;

    private static IEnumerable<JsonElement> Methods(JsonElement document) =>
        document.Values("verificationMethod").Concat(document.Values("assertionMethod")).Where(m => m.ValueKind == JsonValueKind.Object);

    // https://www.w3.org/TR/did-1.0/#relative-did-urls
    private static string? Absolute(string? id, string controller) => id is ['#', ..] ? controller + id : id;
}
