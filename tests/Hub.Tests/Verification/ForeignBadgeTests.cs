using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Tests.Journeys;
using CitiesOfLearning.Hub.Verification;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;

namespace CitiesOfLearning.Hub.Tests.Verification;

/// <summary>Badges that no city here issued: by a did:key issuer, who needs no call to anybody.</summary>
[Collection(nameof(IssuedHub))]
public sealed class ForeignBadgeTests(IssuedHub issued) : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private HubUnderTest Hub => issued.Hub;

    private string Multibase =>
        Multikey.Write(EcKey.FromCoordinates(KeyKind.P256, _key.ExportParameters(false).Q.X, _key.ExportParameters(false).Q.Y)!);

    private string Did => $"did:key:{Multibase}";

    [Fact]
    public async Task A_strangers_badge_is_authentic_and_current_and_its_issuer_is_not_known()
    {
        var report = await Hub.VerifyAsync(Signed(Did));

        Assert.Equal((Answer.Yes, Answer.Yes, Answer.Unknown), (report.Authentic, report.Current, report.Authorised));
        Assert.Equal("Tide tables", report.Badge!.Name);
        Assert.Equal(Did, report.Issuer!.Id);
    }

    [Fact]
    public async Task A_strangers_badge_that_was_changed_is_not_authentic()
    {
        var changed = JsonNode.Parse(Signed(Did))!;
        changed["credentialSubject"]!["achievement"]!["name"] = "Surgeon";

        Assert.Equal(Answer.No, (await Hub.VerifyAsync(changed.ToJsonString())).Authentic);
    }

    [Theory]
    [InlineData("did:key:zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv")]
    [InlineData("did:web:college.example")]
    public async Task A_key_that_is_not_the_issuers_proves_nothing(string issuer) =>
        Assert.NotEqual(Answer.Yes, (await Hub.VerifyAsync(Signed(issuer))).Authentic);

    public void Dispose() => _key.Dispose();

    private string Signed(string issuer)
    {
        var credential = JsonElement.Parse(
            $$"""
            {
              "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
              "id": "urn:uuid:7d9e2f0a-52c2-4c0a-9c58-7f4b1c6f3f11", "type": ["VerifiableCredential", "OpenBadgeCredential"],
              "name": "Tide tables", "issuer": { "id": "{{issuer}}", "type": ["Profile"], "name": "A college" },
              "validFrom": "2026-01-02T03:04:05Z",
              "credentialSubject": { "id": "urn:uuid:1d9e2f0a-52c2-4c0a-9c58-7f4b1c6f3f12", "type": ["AchievementSubject"], "achievement": {
                "id": "urn:uuid:2d9e2f0a-52c2-4c0a-9c58-7f4b1c6f3f13", "type": ["Achievement"], "name": "Tide tables",
                "description": "Reads them.",
                "criteria": { "narrative": "Read three." } } }
            }
            """);
        var options = DataIntegrity.Options(
            Cryptosuite.EcdsaRdfc2019, $"{Did}#{Multibase}", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        var signature = _key.SignData(EcdsaRdfc2019.Hash(KeyKind.P256, credential, options).HashData, HashAlgorithmName.SHA256);
        return System.Text.Encoding.UTF8.GetString(DataIntegrity.Secure(credential, options, DataIntegrity.Base58Value(signature)));
    }
}
