using System.Text.Json;

namespace CitiesOfLearning.Hub.Credentials.Proofs;

/// <summary>What the holder of a badge may leave out: the evidence, the results and what the learner did when. All else is always shown.</summary>
public static class BadgeDisclosure
{
    private static readonly string[] Optional = ["evidence"];
    private static readonly string[] OptionalOfSubject = ["result", "activityStartDate", "activityEndDate"];

    /// <summary>JSON Pointers to what must be shown. Ids, types and contexts are shown without being named.</summary>
    public static IReadOnlyList<string> Mandatory(JsonElement credential) =>
    [
        .. credential.EnumerateObject().Where(m => !m.NameEquals("credentialSubject"u8) && !m.NameEquals("@context"u8) && !Optional.Contains(m.Name)).Select(m => $"/{m.Name}"),
        .. !credential.TryGetProperty("credentialSubject", out var subject) || subject.ValueKind != JsonValueKind.Object ? [] : subject
            .EnumerateObject().Where(m => !OptionalOfSubject.Contains(m.Name)).Select(m => $"/credentialSubject/{m.Name}"),
    ];
}
