using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Tests.Journeys;
using CitiesOfLearning.Hub.Tests.Verification;
using CitiesOfLearning.OpenBadges.Jwt;
using CitiesOfLearning.Tests.Support;
using NJsonSchema;

namespace CitiesOfLearning.Hub.Tests.Signing;

[Collection(nameof(IssuedHub))]
public sealed class CredentialTests(IssuedHub issued)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What verifiers receive. A changed file is reviewed like a changed interface.</summary>
    [Theory]
    [InlineData("en")]
    [InlineData("cy")]
    public async Task The_credential_reads_as_reviewed(string language)
    {
        using var payload = JsonDocument.Parse(SomeCredential.Payload(language));
        var text = JsonSerializer.Serialize(payload, new JsonSerializerOptions
        {
            WriteIndented = true,
            NewLine = "\n",
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });

        var reviewed = Path.Combine(AppContext.BaseDirectory, "Signing", "Snapshots", $"credential.{language}.json");

        // Beside it, for whoever reviews the change.
        await File.WriteAllTextAsync(reviewed + ".received", text + "\n", Cancel);
        Assert.Equal(await File.ReadAllTextAsync(reviewed, Cancel), text + "\n");
    }

    [Fact]
    public async Task It_is_valid_by_Open_Badges_own_schema_plain_and_with_its_claims()
    {
        var schema = await SchemaAsync();

        foreach (var payload in new[] { issued.Badge.Payload, SomeCredential.Payload(), SomeCredential.Payload("cy") })
        {
            Assert.Empty(schema.Validate(Encoding.UTF8.GetString(payload)));
            Assert.Empty(schema.Validate(VcJwt.WithoutClaims(JsonElement.Parse(payload)).GetRawText()));
        }

        var broken = JsonNode.Parse(SomeCredential.Payload())!;
        broken.AsObject().Remove("issuer");
        Assert.NotEmpty(schema.Validate(broken.ToJsonString()));
    }

    [Fact]
    public void The_header_says_alg_kid_and_typ_and_nothing_else()
    {
        var header = JsonNode.Parse(Base64Url.DecodeFromChars(issued.Badge.Token.Split('.')[0]))!.AsObject();

        Assert.Equal(["alg", "kid", "typ"], header.Select(m => m.Key));
        Assert.Equal("ES256", (string?)header["alg"]);
        Assert.Equal("JWT", (string?)header["typ"]);
        Assert.Matches("^https://hub.example/cities/plymouth/keys/[0-9a-f]{32}$", (string?)header["kid"]);
    }

    [Fact]
    public void The_claims_say_what_the_credential_says()
    {
        var credential = JsonNode.Parse(issued.Badge.Payload)!;

        Assert.Equal($"{HubUnderTest.Address}/badges/{issued.Badge.AwardId}", (string?)credential["id"]);
        Assert.Equal((string?)credential["issuer"]!["id"], (string?)credential["iss"]);
        Assert.Equal((string?)credential["id"], (string?)credential["jti"]);
        Assert.Equal((string?)credential["credentialSubject"]!["id"], (string?)credential["sub"]);
        Assert.Equal(((DateTimeOffset)credential["validFrom"]!).ToUnixTimeSeconds(), (long)credential["nbf"]!);
        Assert.Equal("95.5", (string?)credential["credentialSubject"]!["result"]![0]!["value"]);
        Assert.Null(credential["exp"]);
    }

    [Fact]
    public void The_credential_does_not_say_who_the_learner_is()
    {
        var text = Encoding.UTF8.GetString(issued.Badge.Payload);

        Assert.DoesNotContain("ada", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("marsh", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("identifier", text, StringComparison.Ordinal);
        Assert.Matches(
            "^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", (string?)JsonNode.Parse(text)!["sub"]);
    }

    [Fact]
    public async Task Another_implementation_verifies_the_signature()
    {
        var key = await issued.Hub.KeyAsync("plymouth");
        using var ec = ECDsa.Create(key.EcParameters());
        var parts = issued.Badge.Token.Split('.');

        Assert.True(ec.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
            Base64Url.DecodeFromChars(parts[2]),
            HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
    }

    // NJsonSchema looks for the older name of the same keyword.
    private static async Task<JsonSchema> SchemaAsync()
    {
        var file = Corpus.Fetched("schemas/ob_v3p0/ob_v3p0_achievementcredential_schema.json");
        Assert.SkipUnless(file is not null, Corpus.NotFetched);
        return await JsonSchema.FromJsonAsync(
            (await File.ReadAllTextAsync(file, Cancel)).Replace("$defs", "definitions", StringComparison.Ordinal), Cancel);
    }
}
