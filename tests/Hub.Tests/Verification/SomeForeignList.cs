using System.Buffers.Text;
using System.IO.Compression;
using System.Text.Json.Nodes;
using CitiesOfLearning.OpenBadges.Status;

namespace CitiesOfLearning.Hub.Tests.Verification;

/// <summary>Lists in which strangers say which of their badges they have taken back, and the entries that lead there.</summary>
internal static class SomeForeignList
{
    public const string Address = $"{SomeIssuer.Host}/status/3";
    public const int Index = 94567;

    public static JsonObject Entry(
        string type = "BitstringStatusListEntry",
        string purpose = "revocation",
        string? index = null,
        string list = Address) => new()
        {
            ["type"] = type,
            ["statusPurpose"] = purpose,
            ["statusListIndex"] = index ?? $"{Index}",
            ["statusListCredential"] = list,
        };

    public static JsonObject Of(
        string issuer,
        string type = "BitstringStatusListEntry",
        string purpose = "revocation",
        int[]? set = null,
        string address = Address)
    {
        var bits = new StatusListBits();
        Array.ForEach(set ?? [], i => bits.Set(i, true));
        var encoded = bits.Encode();
        return type == "StatusList2021Entry"
            ? JsonNode.Parse($$"""
                {
                  "@context": ["https://www.w3.org/2018/credentials/v1", "https://w3id.org/vc/status-list/2021/v1"],
                  "id": "{{address}}", "type": ["VerifiableCredential", "StatusList2021Credential"], "issuer": "{{issuer}}",
                  "issuanceDate": "2025-01-02T03:04:05Z",
                  "credentialSubject": { "id": "{{address}}#list", "type": "StatusList2021", "statusPurpose": "{{purpose}}",
                    "encodedList": "{{encoded[1..]}}" }
                }
                """)!.AsObject()
            : JsonNode.Parse($$"""
                {
                  "@context": ["https://www.w3.org/ns/credentials/v2"],
                  "id": "{{address}}", "type": ["VerifiableCredential", "BitstringStatusListCredential"], "issuer": "{{issuer}}",
                  "validFrom": "2025-01-02T03:04:05Z",
                  "credentialSubject": { "id": "{{address}}#list", "type": "BitstringStatusList", "statusPurpose": "{{purpose}}",
                    "encodedList": "{{encoded}}" }
                }
                """)!.AsObject();
    }

    /// <summary>An encodedList, of any length.</summary>
    public static string Zipped(byte[] bytes)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return "u" + Base64Url.EncodeToString(buffer.ToArray());
    }
}
