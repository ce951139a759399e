using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.OpenBadges.Contexts;
using CitiesOfLearning.OpenBadges.Json;
using CitiesOfLearning.OpenBadges.Status;

namespace CitiesOfLearning.Hub.Signing;

/// <summary>
/// Writes an Open Badges 3.0 AchievementCredential (https://www.imsglobal.org/spec/ob/v3p0/#achievementcredential) with the registered
/// claims that VC-JWT adds beside it (https://www.imsglobal.org/spec/ob/v3p0/#jwt-proof-format): iss, jti, nbf, sub.
/// </summary>
public static class CredentialWriter
{
    private const string Schema = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json";

    // The output is JSON in a signature or a file, never inside HTML, so Welsh and other scripts stay readable.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(CredentialDraft draft, HubUrls urls)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(buffer, Options);
        var issuer = urls.Issuer(draft.City, IssuerSchemes.OfList(draft.StatusList));
        var id = urls.Credential(draft.AwardId);

        json.WriteStartObject();
        OpenBadgesJson.WriteList(json, "@context", [.. OpenBadgesJson.Contexts, ContextAddresses.OpenBadgesExtensions]);
        json.WriteString("id", id);
        OpenBadgesJson.WriteList(json, "type", ["VerifiableCredential", "OpenBadgeCredential"]);
        json.WriteString("name", draft.Name);
        WriteProfile(json, "issuer", issuer, draft.IssuerName, draft.IssuerUrl);
        json.WriteString("validFrom", DateTimeStamp.Write(draft.ValidFrom));
        json.WriteString("awardedDate", DateTimeStamp.Write(draft.ValidFrom));
        WriteSubject(json, draft);
        WriteEvidence(json, draft.Evidence);
        WriteStatus(json, draft, urls);
        json.WriteStartArray("credentialSchema");
        json.WriteStartObject();
        json.WriteString("id", Schema);
        json.WriteString("type", "1EdTechJsonSchemaValidator2019");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("iss", issuer);
        json.WriteString("jti", id);
        json.WriteNumber("nbf", draft.ValidFrom.ToUnixTimeSeconds());
        json.WriteString("sub", draft.SubjectId);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteSubject(Utf8JsonWriter json, CredentialDraft draft)
    {
        json.WriteStartObject("credentialSubject");
        json.WriteString("id", draft.SubjectId);
        OpenBadgesJson.WriteType(json, "AchievementSubject");
        json.WriteString("activityEndDate", DateTimeStamp.Write(draft.AchievedAt));
        json.WritePropertyName("achievement");
        json.WriteRawValue(draft.Achievement.Span, skipInputValidation: true); // CredentialRules parses the whole before it is signed
        WriteProfile(json, "source", draft.Provider.Id, draft.Provider.Name, draft.Provider.Url);
        if (draft.Result is { } result)
        {
            json.WriteStartArray("result");
            json.WriteStartObject();
            OpenBadgesJson.WriteType(json, "Result");
            json.WriteString("resultDescription", result.Description);
            json.WriteString("value", result.Value);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteEvidence(Utf8JsonWriter json, IReadOnlyList<Evidence> evidence)
    {
        if (evidence.Count == 0)
        {
            return;
        }

        json.WriteStartArray("evidence");
        foreach (var item in evidence)
        {
            json.WriteStartObject();
            OpenBadgesJson.WriteIfGiven(json, "id", item.Url);
            OpenBadgesJson.WriteType(json, "Evidence");
            OpenBadgesJson.WriteIfGiven(json, "description", item.Description);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // One entry, not two: Open Badges 3.0 allows [0..1] credentialStatus (docs/adr/0005).
    private static void WriteStatus(Utf8JsonWriter json, CredentialDraft draft, HubUrls urls)
    {
        var list = urls.StatusList(draft.City, StatusPurposes.Revocation, draft.StatusList);
        var index = draft.StatusIndex.ToString(CultureInfo.InvariantCulture);
        json.WriteStartObject("credentialStatus");
        json.WriteString("id", $"{list}#{index}");
        json.WriteString("type", "BitstringStatusListEntry");
        json.WriteString("statusPurpose", StatusPurposes.Revocation);
        json.WriteString("statusListIndex", index);
        json.WriteString("statusListCredential", list);
        json.WriteEndObject();
    }

    private static void WriteProfile(Utf8JsonWriter json, string property, string id, string name, string? url)
    {
        json.WriteStartObject(property);
        json.WriteString("id", id);
        OpenBadgesJson.WriteType(json, "Profile");
        json.WriteString("name", name);
        OpenBadgesJson.WriteIfGiven(json, "url", url);
        json.WriteEndObject();
    }
}
