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

    /// <summary>As the loaders of the field ask, and as nobody in particular does.</summary>
    [Theory]
    [InlineData("application/ld+json, application/json", "application/vc")]
    [InlineData("application/vc", "application/vc")]
    [InlineData("application/vc;q=0.9, application/vc+jwt;q=0.8", "application/vc")]
    [InlineData("application/vc+jwt, application/vc, application/json, */*;q=0.1", "application/vc+jwt")]
    [InlineData("*/*", "application/vc+jwt")]
    [InlineData("text/html", "application/vc+jwt")]
    public async Task Is_a_token_or_has_its_proof_within_as_the_client_asks(string accept, string type)
    {
        using var hub = await SharedHub.ClientAsync();
        await ClaimedBadge.OneAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "cities/plymouth/status/revocation-1");
        request.Headers.TryAddWithoutValidation("Accept", accept);

        using var answer = await hub.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("Accept", answer.Headers.Vary);
        var isToken = type.EndsWith("jwt", StringComparison.Ordinal);
        Assert.Equal(isToken, !body.StartsWith('{'));
        Assert.True(isToken || (string)JsonNode.Parse(body)!["proof"]!["cryptosuite"]! == "ecdsa-sd-2023");
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
