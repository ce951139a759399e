using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CitiesOfLearning.Hub.Credentials;

/// <summary>
/// A credential without the registered claims that VC-JWT puts beside it: what a person or a program reads as JSON. Its proof is the signed
/// form of the same id.
/// </summary>
public static class PlainCredential
{
    internal static readonly string[] Claims = ["iss", "jti", "nbf", "sub", "exp"];
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    /// <param name="payload">Of the JWT, UTF-8 JSON.</param>
    public static byte[] Of(ReadOnlySpan<byte> payload)
    {
        var credential = JsonNode.Parse(payload)!.AsObject();
        foreach (var claim in Claims)
        {
            credential.Remove(claim);
        }

        return JsonSerializer.SerializeToUtf8Bytes(credential, Readable);
    }
}
