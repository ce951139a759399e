using System.Text.Json;

namespace CitiesOfLearning.OpenBadges.Proofs;

/// <summary>
/// What the holder of a badge may leave out: the evidence, the results and what the learner did when. All else is always shown.
/// </summary>
public static class BadgeDisclosure
{
    private static readonly string[] Optional = ["evidence"];
    private static readonly string[] OptionalOfSubject = ["result", "activityStartDate", "activityEndDate"];

    /// <summary>JSON Pointers to what must be shown. Ids, types and contexts are shown without being named.</summary>
    /// <param name="credential">As it is to be signed.</param>
    public static IReadOnlyList<string> Mandatory(JsonElement credential) =>
    [
        .. credential
            .EnumerateObject()
            .Where(m => !m.NameEquals("credentialSubject"u8) && !m.NameEquals("@context"u8) && !Optional.Contains(m.Name))
            .Select(m => $"/{m.Name}"),
        .. !credential.TryGetProperty("credentialSubject", out var subject) || subject.ValueKind != JsonValueKind.Object ? [] : subject
            .EnumerateObject().Where(m => !OptionalOfSubject.Contains(m.Name)).Select(m => $"/credentialSubject/{m.Name}"),
    ];

    /// <summary>Nothing is left out.</summary>
    public static IReadOnlyList<string> Everything { get; } = [];

    /// <summary>What a holder can leave out, by the words that an address carries.</summary>
    public static IReadOnlyList<string> Choices { get; } = ["evidence", "result"];

    /// <summary>The credential as others may see it.</summary>
    /// <param name="embedded">As it was signed, UTF-8 JSON.</param>
    /// <param name="leaveOut">Of <see cref="Choices"/>.</param>
    /// <exception cref="ArgumentException">See <see cref="IsPossible"/>.</exception>
    public static byte[] Show(byte[] embedded, IReadOnlyList<string> leaveOut)
    {
        using var signed = JsonDocument.Parse(embedded);
        return SdDerivation.Derive(signed.RootElement, [.. Shown(signed.RootElement, leaveOut)])
            ?? (HasNone(signed.RootElement, leaveOut)
                ? embedded
                : throw new ArgumentException("Nothing can be left out of this credential.", nameof(leaveOut)));
    }

    /// <summary>Whether the credential can be shown without these: a proof that covers the whole must be shown with the whole.</summary>
    /// <param name="embedded">As it was signed, UTF-8 JSON.</param>
    /// <param name="leaveOut">Of <see cref="Choices"/>.</param>
    public static bool IsPossible(byte[] embedded, IReadOnlyList<string> leaveOut)
    {
        using var signed = JsonDocument.Parse(embedded);
        return UnverifiedProof.ReadAll(signed.RootElement) is [{ Suite: EcdsaSd2023 }] || HasNone(signed.RootElement, leaveOut);
    }

    private static bool HasNone(JsonElement credential, IReadOnlyList<string> leaveOut) =>
        leaveOut.All(m => !credential.TryGetProperty(m, out _) && !credential.GetProperty("credentialSubject").TryGetProperty(m, out _));

    private static IEnumerable<string> Shown(JsonElement credential, IReadOnlyList<string> leaveOut) =>
        Optional.Where(m => credential.TryGetProperty(m, out _) && !leaveOut.Contains(m)).Select(m => $"/{m}")
            .Concat(OptionalOfSubject
                .Where(m => credential.GetProperty("credentialSubject").TryGetProperty(m, out _) && !leaveOut.Contains(m))
                .Select(m => $"/credentialSubject/{m}"));
}
