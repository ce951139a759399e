using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace CitiesOfLearning.App.Tests.Http;

/// <summary>
/// A real badge's JWT, signed again by somebody who lacks the city's key (RFC 8725, 2: https://www.rfc-editor.org/rfc/rfc8725#section-2).
/// </summary>
internal static class Forgeries
{
    public static TheoryData<string> Names =>
        [
            "alg none",
            "alg none without kid",
            "own key in jwk",
            "own key under the city's kid",
            "HMAC with the public key",
            "an earlier date"
        ];

    public static string Of(string name, string jwt)
    {
        var parts = jwt.Split('.');
        var header = JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]))!.AsObject();
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        switch (name)
        {
            case "alg none":
                header["alg"] = "none";
                return Sign(_ => [0]);
            case "alg none without kid":
                header["alg"] = "none";
                header.Remove("kid");
                return Sign(_ => [0]);
            case "own key in jwk":
                var key = own.ExportParameters(false).Q;
                header.Remove("kid");
                header["jwk"] = new JsonObject
                {
                    ["kty"] = "EC",
                    ["crv"] = "P-256",
                    ["x"] = Base64Url.EncodeToString(key.X),
                    ["y"] = Base64Url.EncodeToString(key.Y)
                };
                return Sign(SignOwn);
            case "own key under the city's kid":
                return Sign(SignOwn);
            case "HMAC with the public key":
                header["alg"] = "HS256";
                return Sign(data => HMACSHA256.HashData(Encoding.ASCII.GetBytes((string)header["kid"]!), data));
            case "an earlier date":
                var credential = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!;
                credential["validFrom"] = "2020-01-01T00:00:00Z";
                return $"{parts[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(credential.ToJsonString()))}.{parts[2]}";
            default:
                throw new ArgumentOutOfRangeException(nameof(name));
        }

        byte[] SignOwn(byte[] data) => own.SignData(data, HashAlgorithmName.SHA256);

        string Sign(Func<byte[], byte[]> sign)
        {
            var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header.ToJsonString()))}.{parts[1]}";
            return $"{signed}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(signed)))}";
        }
    }
}
