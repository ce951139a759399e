using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace CitiesOfLearning.App.Tests.Http;

/// <summary>A status list as a stranger's verifier reads it, by nothing but what is published.</summary>
public sealed class StatusListTests
{
    [Fact]
    public async Task Is_signed_by_a_published_key_and_holds_131072_bits()
    {
        using var hub = await SharedHub.ClientAsync();
        var badge = await ClaimedBadge.OneAsync();
        var credential = JsonNode.Parse(await badge.FileAsync(hub, "json"))!;

        var entry = credential["credentialStatus"]!;
        using var response = await hub.GetAsync((string)entry["statusListCredential"]!, TestContext.Current.CancellationToken);
        var jwt = await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        var list = JsonNode.Parse(await VerifyAsync(hub, jwt))!;
        var bits = Inflate((string)list["credentialSubject"]!["encodedList"]!);

        Assert.Equal("application/vc+jwt", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(TimeSpan.FromMinutes(1), response.Headers.CacheControl!.MaxAge);
        Assert.Equal((string)entry["statusPurpose"]!, (string)list["credentialSubject"]!["statusPurpose"]!);
        Assert.Equal(131_072, bits.Length * 8);
        var index = int.Parse((string)entry["statusListIndex"]!);
        Assert.Equal(0, bits[index / 8] & (0x80 >> (index % 8)));
    }

    private static async Task<byte[]> VerifyAsync(HttpClient hub, string jwt)
    {
        var parts = jwt.Split('.');
        var header = JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]))!;
        var key = JsonNode.Parse(await hub.GetStringAsync((string)header["kid"]!))!;
        using var ecdsa = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars((string)key["x"]!), Y = Base64Url.DecodeFromChars((string)key["y"]!) },
        });
        Assert.True(
            ecdsa.VerifyData(
                Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256));
        return Base64Url.DecodeFromChars(parts[1]);
    }

    // https://www.w3.org/TR/vc-bitstring-status-list/#bitstring-expansion-algorithm: multibase base64url, then gzip.
    private static byte[] Inflate(string encoded)
    {
        Assert.Equal('u', encoded[0]);
        using var gzip = new GZipStream(new MemoryStream(Base64Url.DecodeFromChars(encoded.AsSpan(1))), CompressionMode.Decompress);
        using var bits = new MemoryStream();
        gzip.CopyTo(bits);
        return bits.ToArray();
    }
}
