using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.Hub.Tests.Cities;
using CitiesOfLearning.JsonLd;
using CitiesOfLearning.OpenBadges.Contexts;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.Tests.Support;
using NJsonSchema;

namespace CitiesOfLearning.Hub.Tests.Publishing;

public sealed class DocumentTests
{
    private static readonly HubUrls Urls = new("https://hub.example");

    [Fact]
    public void The_profile_is_the_city_as_an_issuer()
    {
        var profile = Json(IssuerProfile.Of(Sample.Plymouth, [], Urls));

        Assert.Equal(
            ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
            Texts(profile["@context"]).Take(2));
        Assert.Equal("https://hub.example/cities/plymouth", (string?)profile["id"]);
        Assert.Equal(["Profile"], Texts(profile["type"]));
        Assert.Equal("badges@plymouth.example", (string?)profile["email"]);
        Assert.Equal("https://hub.example/cities/plymouth/image.png", (string?)profile["image"]!["id"]);
    }

    [Fact]
    public void The_profile_lists_the_keys_of_embedded_proofs_and_says_nothing_that_JSON_LD_would_drop()
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(2048);
        SigningKey[] keys =
        [
            new(SampleCity.Plymouth, "k1", SigningAlgorithm.ES256, ec.ExportSubjectPublicKeyInfo(), default, null),
            new(SampleCity.Plymouth, "k2", SigningAlgorithm.RS256, rsa.ExportSubjectPublicKeyInfo(), default, null),
        ];

        using var profile = JsonDocument.Parse(Text(IssuerProfile.Of(Sample.Plymouth, keys, Urls)));

        var method = VerificationMethod.Read(Assert.Single(profile.RootElement.GetProperty("verificationMethod").EnumerateArray()))!;
        var id = $"https://hub.example/cities/plymouth#{Multikey.Write(keys[0].VerificationKey)}";
        Assert.Equal((id, "https://hub.example/cities/plymouth"), (method.Id, method.Controller));
        Assert.Equal(keys[0].VerificationKey, method.Key);
        Assert.Equal([id], profile.RootElement
            .GetProperty("assertionMethod")
            .EnumerateArray()
            .Select(m => m.GetString()));
        Assert.Contains(
            new JsonLdProcessor(PublishedContexts.Newest).ToRdf(profile.RootElement),
            q => q.Predicate.Value == "https://w3id.org/security#publicKeyMultibase");
    }

    [Fact]
    public async Task The_profile_is_valid_by_Open_Badges_own_schema()
    {
        var schema = await SchemaAsync("schemas/ob_v3p0/ob_v3p0_profile_schema.json");

        var errors = schema.Validate(Text(IssuerProfile.Of(Sample.Plymouth, [], Urls)));

        Assert.Empty(errors);
        Assert.NotEmpty(schema.Validate("""{ "type": ["Profile"] }"""));
    }

    [Theory]
    [InlineData("tide-pool-surveyor", "en")]
    [InlineData("tide-pool-surveyor", "cy")]
    [InlineData("python-beginner", "en")]
    public async Task An_achievement_inside_a_credential_is_valid_by_Open_Badges_own_schema(string badge, string language)
    {
        var schema = await SchemaAsync("schemas/ob_v3p0/ob_v3p0_achievementcredential_schema.json");
        var credential = JsonNode.Parse(
            """
            {
              "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
              "id": "https://hub.example/badges/1", "type": ["VerifiableCredential", "OpenBadgeCredential"],
              "issuer": { "id": "https://hub.example/cities/plymouth", "type": ["Profile"] }, "validFrom": "2026-11-20T10:00:00Z",
              "credentialSubject": { "id": "urn:uuid:1", "type": ["AchievementSubject"] }
            }
            """)!;
        Assert.NotEmpty(schema.Validate(credential.ToJsonString()));

        credential["credentialSubject"]!["achievement"] = JsonNode.Parse(Achievement(badge, language));

        Assert.Empty(schema.Validate(credential.ToJsonString()));
    }

    [Fact]
    public void An_achievement_says_all_that_the_city_decided()
    {
        var achievement = JsonNode.Parse(Achievement("tide-pool-surveyor", "cy"))!;

        Assert.Equal("https://hub.example/cities/plymouth/badges/tide-pool-surveyor/v1", (string?)achievement["id"]);
        Assert.Equal("Arolygydd pyllau glan môr", (string?)achievement["name"]);
        Assert.Equal("cy", (string?)achievement["inLanguage"]);
        Assert.Equal("1", (string?)achievement["version"]);
        Assert.Equal("Fieldwork", (string?)achievement["achievementType"]);
        Assert.Equal("https://tidepools.plymouth.example/survey", (string?)achievement["criteria"]!["id"]);
        Assert.Equal(["bywyd y môr", "gwyddoniaeth", "gwirfoddoli"], Texts(achievement["tag"]));
        Assert.Equal("https://hub.example/cities/plymouth", (string?)achievement["creator"]!["id"]);
        Assert.Equal("https://hub.example/cities/plymouth/badges/tide-pool-surveyor/v1.png", (string?)achievement["image"]!["id"]);
        Assert.StartsWith("Seren fôr", (string?)achievement["image"]!["caption"], StringComparison.Ordinal);
        Assert.Equal(
            [
                "https://www.oecd.org/en/data/tools/oecd-learning-compass-2030.html",
                "https://hub.example/cities/plymouth#spine-ply-ocean-citizenship",
                "https://hub.example/cities/plymouth#spine-ply-marine-jobs",
            ],
            achievement["alignment"]!.AsArray().Select(a => (string?)a!["targetUrl"]));
        Assert.Equal(
            "https://hub.example/cities/plymouth/badges/tide-pool-surveyor/v1#score", (string?)achievement["resultDescription"]![0]!["id"]);
    }

    [Theory]
    [InlineData(SigningAlgorithm.ES256, "EC")]
    [InlineData(SigningAlgorithm.RS256, "RSA")]
    public void A_key_is_published_alone_and_in_the_set_with_its_issuer(SigningAlgorithm algorithm, string kty)
    {
        var key = Key(algorithm);

        var single = Jwks.Single(key, Urls);
        var alone = Json(single);

        Assert.Equal("application/jwk+json", single.MediaType);
        Assert.Equal(kty, (string?)alone["kty"]);
        Assert.Equal(algorithm.ToString(), (string?)alone["alg"]);
        Assert.Equal("sig", (string?)alone["use"]);
        Assert.Equal("https://hub.example/cities/plymouth/keys/k1", (string?)alone["kid"]);
        Assert.Equal("https://hub.example/cities/plymouth", (string?)alone["iss"]);
        Assert.Null(alone["d"]);
        Assert.True(JsonNode.DeepEquals(alone, Json(Jwks.Set([key], Urls))["keys"]![0]));
    }

    [Fact]
    public void The_did_document_may_assert_with_every_key()
    {
        var key = Key(SigningAlgorithm.ES256);
        var document = DidDocument.Of(Sample.Plymouth, [key, Key(SigningAlgorithm.RS256)], Urls);
        var did = Json(document);

        Assert.Equal("did:web:hub.example:cities:plymouth", (string?)did["id"]);
        Assert.Equal("JsonWebKey", (string?)did["verificationMethod"]![0]!["type"]);
        Assert.Equal("did:web:hub.example:cities:plymouth", (string?)did["verificationMethod"]![0]!["controller"]);
        Assert.Equal(["JsonWebKey", "JsonWebKey", "Multikey"], did["verificationMethod"]!.AsArray().Select(m => (string?)m!["type"]));
        Assert.Equal(key.Multikey, (string?)did["verificationMethod"]![2]!["publicKeyMultibase"]);
        Assert.Equal(did["verificationMethod"]!.AsArray().Select(m => (string?)m!["id"]), Texts(did["assertionMethod"]));
        Assert.Equal($"did:web:hub.example:cities:plymouth#{key.Multikey}", Texts(did["assertionMethod"]).Last());
        using var parsed = JsonDocument.Parse(Text(document));
        Assert.NotEmpty(new JsonLdProcessor(PublishedContexts.Newest).ToRdf(parsed.RootElement));
    }

    [Fact]
    public void The_catalogue_lists_every_badge_in_the_citys_default_language()
    {
        var catalogue = Json(Catalogue.Of(Sample.Plymouth, Urls));

        var badges = catalogue["badges"]!.AsArray();
        Assert.Equal(3, badges.Count);
        Assert.Contains("Python for beginners", badges.Select(b => (string?)b!["name"]));
        Assert.Contains("Stonehouse Code Club", badges.SelectMany(b => Texts(b!["awardedBy"])));
    }

    [Fact]
    public void A_document_with_other_bytes_has_another_tag()
    {
        var plymouth = IssuerProfile.Of(Sample.Plymouth, [], Urls);
        var brighton = IssuerProfile.Of(Sample.Brighton, [], Urls);

        Assert.Equal(plymouth.ETag, IssuerProfile.Of(Sample.Plymouth, [], Urls).ETag);
        Assert.NotEqual(plymouth.ETag, brighton.ETag);
        Assert.Matches("^\"[0-9a-f]{32}\"$", plymouth.ETag);
    }

    private static string Achievement(string badge, string language) =>
        Encoding.UTF8.GetString(AchievementDocument.InCredential(
            AchievementDocument.Of(Sample.Plymouth, Sample.Plymouth.Badges[badge], language, Urls).Body).Span);

    private static SigningKey Key(SigningAlgorithm algorithm)
    {
        using AsymmetricAlgorithm pair = algorithm == SigningAlgorithm.ES256
            ? ECDsa.Create(ECCurve.NamedCurves.nistP256)
            : RSA.Create(2048);
        return new(SampleCity.Plymouth, "k1", algorithm, pair.ExportSubjectPublicKeyInfo(), DateTimeOffset.UnixEpoch, null);
    }

    // NJsonSchema looks for the older name of the same keyword.
    private static async Task<JsonSchema> SchemaAsync(string path)
    {
        var file = Corpus.Fetched(path);
        Assert.SkipUnless(file is not null, Corpus.NotFetched);
        return await JsonSchema.FromJsonAsync(
            (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Replace(
                "$defs", "definitions", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
    }

    private static string Text(PublicDocument document) => Encoding.UTF8.GetString(document.Body.Span);

    private static JsonNode Json(PublicDocument document) => JsonNode.Parse(document.Body.Span)!;

    private static IEnumerable<string?> Texts(JsonNode? list) => list!.AsArray().Select(item => (string?)item);
}
