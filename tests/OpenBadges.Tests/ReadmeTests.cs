using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CitiesOfLearning.JsonLd;
using CitiesOfLearning.JsonLd.Rdf;
using CitiesOfLearning.OpenBadges.Baking;
using CitiesOfLearning.OpenBadges.Contexts;
using CitiesOfLearning.OpenBadges.Images;
using CitiesOfLearning.OpenBadges.Json;
using CitiesOfLearning.OpenBadges.Jwt;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.OpenBadges.Status;
using CitiesOfLearning.Tests.Support;
using CitiesOfLearning.Tests.Support.Libraries;

#pragma warning disable IDE0011 // As in the README, where short is what counts.
#pragma warning disable CA1849 // As IDE0011; and the console of these tests is a text in memory.

namespace CitiesOfLearning.OpenBadges.Tests;

public sealed partial class ReadmeTests : IDisposable
{
    private const string Project = "functions/OpenBadges";

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly TimeProvider time = TimeProvider.System;
    private readonly StringWriter Console = new();

    private static CancellationToken cancel => TestContext.Current.CancellationToken;

    private string Printed => Console.ToString();

    private VerificationMethod issuer => SelfCertifyingDid.Of(VerificationKey.Of(key.ExportParameters(false)));

    [Fact]
    public void The_readme_shows_code_that_was_compiled() => Assert.Empty(Readme.NotCompiled(Project, "tests/OpenBadges.Tests"));

    [Theory]
    [InlineData(ImageKind.Png)]
    [InlineData(ImageKind.Svg)]
    public async Task The_ten_lines_issue_bake_read_and_verify_a_badge(ImageKind kind)
    {
        var picture = kind == ImageKind.Png ? Some.Png() : Encoding.UTF8.GetBytes(Some.Svg());

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        VerificationMethod issuer = SelfCertifyingDid.Of(VerificationKey.Of(key.ExportParameters(includePrivateParameters: false)));
        ValueTask<byte[]> Sign(ReadOnlyMemory<byte> digest) => new(key.SignHash(digest.Span));

        byte[] signed = await DataIntegrity.SignAsync(
            Badge(issuer.Controller), Cryptosuite.EcdsaRdfc2019, issuer.Id, time.GetUtcNow(), Sign);
        byte[] baked = BadgeImage.Bake(picture, signed);

        if (BadgeImage.Extract(baked) is ExtractionResult.Found found)
        {
            ProofReport report = await new ProofVerifier(time).VerifyAsync(
                found.UnverifiedCredential, (id, _) => new(SelfCertifyingDid.Read(id)), new(cancel));
            if (report.Outcome == ProofOutcome.Good) Console.WriteLine(report.VerifiedDocument);
        }

        Assert.True(JsonElement.DeepEquals(Badge(issuer.Controller), JsonElement.Parse(Printed)));
    }

    [Fact]
    public async Task A_jwt_is_signed_and_read_as_the_readme_says()
    {
        JsonElement badge = Badge(issuer.Controller);
        JsonObject payload = JsonObject.Create(badge)!;
        payload["iss"] = badge.IssuerId();
        payload["jti"] = badge.Text("id");
        payload["nbf"] = badge.Moment("validFrom")?.ToUnixTimeSeconds();
        byte[] jwt = await VcJwt.SignAsync(JsonSerializer.SerializeToUtf8Bytes(payload), SigningAlgorithm.ES256, issuer.Id, Sign);

        if (VcJwt.Read(jwt) is { Header.KeyId: { } id } read && SelfCertifyingDid.Read(id) is { } method && read.IsSignedBy(method.Key))
        {
            using JsonDocument? parsed = CredentialJson.TryParse(read.Payload);
            if (parsed?.RootElement.IssuerId() == method.Controller) Console.WriteLine(VcJwt.WithoutClaims(parsed.RootElement));
        }

        Assert.True(JsonElement.DeepEquals(badge, JsonElement.Parse(Printed)));
    }

    [Fact]
    public async Task The_holder_leaves_out_what_the_readme_says()
    {
        byte[] forHolder = await DataIntegrity.SignAsync(
            Badge(issuer.Controller), Cryptosuite.EcdsaSd2023, issuer.Id, time.GetUtcNow(), Sign);

        byte[] withoutEvidence = BadgeDisclosure.Show(forHolder, ["evidence"]);
        byte[]? withOneName = SdDerivation.Derive(JsonElement.Parse(forHolder), ["/evidence/0/name"]);

        byte[][] both = [withoutEvidence, withOneName!];
        Assert.Equal(
            [null, """[{"type":["Evidence"],"name":"Photographs"}]"""],
            both.Select(shown => JsonElement.Parse(shown).Member("evidence")?.GetRawText()));
        foreach (var shown in both)
        {
            var report = await new ProofVerifier(time).VerifyAsync(shown, (id, _) => new(SelfCertifyingDid.Read(id)), new(cancel));
            Assert.Equal(ProofOutcome.Good, report.Outcome);
        }
    }

    [Fact]
    public void Status_bits_are_written_and_read_as_the_readme_says()
    {
        var list = new StatusListBits();
        list.Set(94567, true);
        string encodedList = list.Encode();

        if (StatusListBits.TryDecode(encodedList, out var bits, out var problem)) Console.WriteLine(bits.Get(94567));
        else Console.WriteLine(problem);

        Assert.Equal("True", Printed.Trim());
    }

    [Fact]
    public void Art_is_checked_as_the_readme_says()
    {
        byte[] picture = Encoding.UTF8.GetBytes(Some.Svg("<script/>"));

        CheckedArt art = ArtCheck.Check(picture);
        foreach (ImageProblem problem in art.Problems) Console.WriteLine($"{problem.Code}: {problem.Reason}");

        Assert.StartsWith($"{ImageProblems.NotAllowed}: Line 2: the SVG has an element <script>", Printed, StringComparison.Ordinal);
    }

    [Fact]
    public void The_contexts_are_those_of_the_readme()
    {
        IEnumerable<string> addresses = PublishedContexts.Addresses;
        IReadOnlyList<Quad> statements = new JsonLdProcessor(PublishedContexts.Newest).ToRdf(Badge(issuer.Controller));

        var listed = ContextLine().Matches(Readme.Text(Project)).Select(m => m.Groups[1].Value);
        Assert.Equal(addresses.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
        Assert.NotEmpty(statements);
    }

    [Fact]
    public void The_limits_are_those_of_the_readme()
    {
        var table = Limit().Matches(Readme.Text(Project)).ToDictionary(m => m.Groups["name"].Value, m => Number(m.Groups["value"].Value));

        Assert.Equal(typeof(ImageLimits).GetFields().ToDictionary(f => f.Name, f => (int)f.GetRawConstantValue()!), table);
    }

    [Fact]
    public void The_problems_are_those_of_the_readme()
    {
        var table = Problem().Matches(Readme.Text(Project)).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["code"].Value);

        Assert.Equal(typeof(ImageProblems).GetFields().ToDictionary(f => f.Name, f => (string)f.GetRawConstantValue()!), table);
    }

    public void Dispose()
    {
        key.Dispose();
        Console.Dispose();
    }

    private ValueTask<byte[]> Sign(ReadOnlyMemory<byte> digest) => new(key.SignHash(digest.Span));

    private static JsonElement Badge(string issuer) => JsonElement.Parse($$"""
        {
          "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
          "id": "urn:uuid:5b1f1f0e-6c1c-4c39-9a0f-6d1b8f3c2a70",
          "type": ["VerifiableCredential", "OpenBadgeCredential"],
          "name": "Knot tying",
          "issuer": { "id": "{{issuer}}", "type": ["Profile"], "name": "Harbour School" },
          "validFrom": "2026-06-01T10:00:00Z",
          "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [{ "type": "IdentityObject", "hashed": false, "identityHash": "Ada", "identityType": "name" }],
            "achievement": {
              "id": "https://school.example/knots",
              "type": ["Achievement"],
              "name": "Knot tying",
              "description": "Ties ten knots.",
              "criteria": { "narrative": "Ten knots, tied twice." }
            }
          },
          "evidence": [{ "type": ["Evidence"], "name": "Photographs", "description": "Of each knot" }]
        }
        """);

    private static int Number(string spaced) => int.Parse(spaced.Replace(" ", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^- `(https?://\S+)`$", RegexOptions.Multiline)]
    private static partial Regex ContextLine();

    [GeneratedRegex(@"^\| `ImageLimits\.(?<name>\w+)` \| (?<value>[0-9 ]+) \|", RegexOptions.Multiline)]
    private static partial Regex Limit();

    [GeneratedRegex(@"^\| `ImageProblems\.(?<name>\w+)` \| `(?<code>[a-z-]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Problem();
}
