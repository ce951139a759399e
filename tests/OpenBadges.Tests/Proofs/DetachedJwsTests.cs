using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace CitiesOfLearning.OpenBadges.Tests.Proofs;

/// <summary>
/// H2: Ed25519Signature2018 and JsonWebSignature2020, by badges that others' code signed: jsonld-signatures 11.6.0 with
/// ed25519-signature-2018 4.2.0 and with jws-linked-data-signature 3.0.0.
/// </summary>
public sealed class DetachedJwsTests
{
    private static readonly JsonObject Vectors = JsonNode.Parse(File.ReadAllText(
        Path.Combine(Repository.Root, "tests", "OpenBadges.Tests", "Proofs", "detached-jws.json")))!.AsObject();

    public static TheoryData<string> Good => [.. Vectors.Select(v => v.Key).Where(k => !k.Contains("PS256"))];

    /// <summary>What is wrong with the <c>jws</c>, and what is said of it.</summary>
    public static TheoryData<string, ProofOutcome> Wrong => new()
    {
        { "empty", ProofOutcome.Malformed },
        { "two parts", ProofOutcome.Malformed },
        { "with its payload", ProofOutcome.Malformed },
        { "no JSON", ProofOutcome.Malformed },
        { "no base64url", ProofOutcome.Malformed },
        { "encoded payload", ProofOutcome.Malformed },
        { "another critical", ProofOutcome.Malformed },
        { "nothing critical", ProofOutcome.Malformed },
        { "a number", ProofOutcome.Malformed },
        { "a proofValue", ProofOutcome.Malformed },
        { "another's algorithm", ProofOutcome.Bad },
        { "an algorithm of tomorrow", ProofOutcome.Unsupported },
        { "none", ProofOutcome.Unsupported },
        { "another signature", ProofOutcome.Bad },
        { "no signature", ProofOutcome.Malformed },
        { "idle bits", ProofOutcome.Malformed },
        { "too long", ProofOutcome.Malformed },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public async Task A_badge_that_others_signed_is_good_and_a_changed_copy_is_not(string name)
    {
        var (badge, key) = Vector(name);

        Assert.Equal(ProofOutcome.Good, (await VerifyAsync(badge, key)).Outcome);

        foreach (var change in new Action<JsonNode>[]
        {
            b => b["name"] = "Surgeon",
            b => b["credentialSubject"]!["achievement"]!["criteria"]!["narrative"] = "Read two.",
            b => b["proof"]!["created"] = "2025-01-02T03:04:06Z",
            b => b["credentialStatus"] = new JsonObject { ["id"] = "https://college.example/s", ["type"] = "1EdTechRevocationList" },
        })
        {
            var changed = badge.DeepClone();
            change(changed);
            Assert.Equal(ProofOutcome.Bad, (await VerifyAsync(changed, key)).Outcome);
        }

        var other = Vector(name.StartsWith("2018", StringComparison.Ordinal) ? "2020-EdDSA-v1" : "2018-v1").Key;
        Assert.Equal(ProofOutcome.Bad, (await VerifyAsync(badge, other with { Id = key.Id })).Outcome);
    }

    [Theory]
    [InlineData("2020-PS256-v1")]
    [InlineData("2020-PS256-v2")]
    public async Task An_algorithm_that_is_not_known_here_is_no_forgery(string name)
    {
        var (badge, key) = Vector(name);

        Assert.Equal(ProofOutcome.Unsupported, (await VerifyAsync(badge, key)).Outcome);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_jws_that_is_not_as_it_must_be_is_said_to_be_what_it_is(string wrong, ProofOutcome outcome)
    {
        foreach (var name in new[] { "2018-v2", "2020-ES256-v2" })
        {
            var (badge, key) = Vector(name);
            var proof = badge["proof"]!;
            var parts = ((string)proof["jws"]!).Split('.');
            proof["jws"] = wrong switch
            {
                "empty" => "",
                "two parts" => $"{parts[0]}.{parts[2]}",
                "with its payload" => $"{parts[0]}.e30.{parts[2]}",
                "no JSON" => $"{Encoded("b64")}..{parts[2]}",
                "no base64url" => $"{parts[0]}..*",
                "encoded payload" => $"{Encoded("""{"alg":"EdDSA","b64":true,"crit":["b64"]}""")}..{parts[2]}",
                "another critical" => $"{Encoded("""{"alg":"EdDSA","b64":false,"crit":["b64","exp"],"exp":1}""")}..{parts[2]}",
                "nothing critical" => $"{Encoded("""{"alg":"EdDSA","b64":false}""")}..{parts[2]}",
                "a number" => 7,
                "another's algorithm" => $"{Encoded("""{"alg":"ES384","b64":false,"crit":["b64"]}""")}..{parts[2]}",
                "an algorithm of tomorrow" => $"{Encoded("""{"alg":"ML-DSA-44","b64":false,"crit":["b64"]}""")}..{parts[2]}",
                "none" => $"{Encoded("""{"alg":"none","b64":false,"crit":["b64"]}""")}..{parts[2]}",
                "another signature" => $"{parts[0]}..{new string('A', 86)}",
                "no signature" => $"{parts[0]}..",
                "idle bits" => $"{parts[0]}..{parts[2][..^1]}{(char)(parts[2][^1] + 1)}",
                "too long" => $"{parts[0]}..{new string('A', 4096)}",
                _ => proof["jws"]!.DeepClone(),
            };
            if (wrong == "a proofValue")
            {
                proof["proofValue"] = proof["jws"]!.DeepClone();
                proof.AsObject().Remove("jws");
            }

            Assert.Equal(outcome, (await VerifyAsync(badge, key)).Outcome);
        }
    }

    [Fact]
    public void A_key_of_2018_is_read_from_its_base_58_and_from_nothing_else()
    {
        var method = Vectors["2018-v1"]!["key"]!.DeepClone();
        Assert.Equal(KeyKind.Ed25519, VerificationMethod.Read(SomeProof.Element(method))!.Key.Kind);

        foreach (var value in new JsonNode?[] { null, "", "0OIl", "z6Mk", 7, "1" })
        {
            method["publicKeyBase58"] = value?.DeepClone();
            Assert.Null(VerificationMethod.Read(SomeProof.Element(method)));
        }
    }

    private static string Encoded(string header) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header));

    private static (JsonNode Badge, VerificationMethod Key) Vector(string name) =>
        (Vectors[name]!["credential"]!.DeepClone(), VerificationMethod.Read(SomeProof.Element(Vectors[name]!["key"]!))!);

    private static ValueTask<ProofReport> VerifyAsync(JsonNode badge, VerificationMethod key) =>
        new ProofVerifier(new FakeTimeProvider(SomeProof.Now)).VerifyAsync(
            JsonSerializer.SerializeToUtf8Bytes(badge),
            (url, _) => ValueTask.FromResult(url == key.Id ? key : null),
            new(TestContext.Current.CancellationToken));
}
