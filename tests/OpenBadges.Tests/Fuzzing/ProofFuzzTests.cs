using System.Buffers.Text;
using System.Formats.Cbor;
using System.Text;
using System.Text.Json;
using CitiesOfLearning.JsonLd;
using CitiesOfLearning.JsonLd.Canonicalization;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.OpenBadges.Tests.Keys;
using CitiesOfLearning.OpenBadges.Tests.Proofs;
using CsCheck;

namespace CitiesOfLearning.OpenBadges.Tests.Fuzzing;

/// <summary>
/// What verifies a stranger's proof: it answers or runs out of the request's budget, and never says yes to what was not signed.
/// </summary>
public sealed class ProofFuzzTests(ITestOutputHelper output)
{
    [Fact]
    public void CBOR() => new Fuzz("cbor", output).Run(
        Gen.OneOf(ProofValues(), Mutations.Of([Value(0), Value(1)])),
        20_000,
        bytes =>
        {
            var text = "u" + Base64Url.EncodeToString(bytes);
            return (SdDerivedProofValue.Parse(text), SdBaseProofValue.Parse(text)) switch
            {
                ({ } derived, null) => derived.Serialize().Length > 0,
                (null, { } made) => made.Serialize().Length > 0 && SdBaseProofValue.Is(text),
                (null, null) => true,
                _ => false,
            };
        });

    [Fact]
    public async Task Proofs()
    {
        var signed = SomeProof.Suites.Select(s => Encoding.UTF8.GetBytes(
            SomeProof.Signed(s.Data.Item1, SomeKeys.Of(s.Data.Item2)).ToJsonString())).ToList();
        var originals = new HashSet<string>();
        foreach (var badge in signed)
        {
            originals.UnionWith(Statements((await SomeProof.VerifyAsync(badge)).VerifiedDocument!.Value));
        }

        await new Fuzz("proofs", output).RunAsync(
            Mutations.Of(signed), 4_000, badge => HoldsAsync(badge, d => Statements(d).Any(originals.Contains)));
    }

    [Fact]
    public async Task Proof_values_of_any_CBOR()
    {
        var badge = SomeProof.Signed(Cryptosuite.EcdsaSd2023, SomeKeys.Of(KeyKind.P256));
        badge["proof"]!["proofValue"] = "{}";
        var parts = badge.ToJsonString().Split("\"{}\"");

        await new Fuzz("cbor", output).RunAsync(
            Gen.OneOf(ProofValues(), Mutations.Of([Value(1)])),
            500,
            bytes => HoldsAsync(
                Encoding.UTF8.GetBytes($"{parts[0]}\"u{Base64Url.EncodeToString(bytes)}\"{parts[1]}"), _ => false));
    }

    [Fact]
    public async Task Contexts()
    {
        var key = SomeKeys.Of(KeyKind.Ed25519);
        var document = SomeProof.Signed(Cryptosuite.EddsaRdfc2022, key);
        var contexts = document["@context"]!.ToJsonString();
        var parts = document.ToJsonString().Split(contexts);
        var some = Mutations.Of(
            contexts,
            """["https://www.w3.org/ns/credentials/v2",{"@version":1.1,"a":{"@id":"urn:a","@type":"@id","@context":{"b":"a:b"}}}]""",
            """[{"@vocab":"urn:","@base":null,"@language":"cy","@protected":true,"@import":"https://www.w3.org/ns/credentials/v2"}]""",
            """["https://w3id.org/security/v2","https://www.w3.org/2018/credentials/v1","https://w3id.org/openbadges/v2"]""");
        var original = Statements((await SomeProof.VerifyAsync(document)).VerifiedDocument!.Value).ToHashSet();

        await new Fuzz("contexts", output).RunAsync(
            some.Select(context => (byte[])[.. Encoding.UTF8.GetBytes(parts[0]), .. context, .. Encoding.UTF8.GetBytes(parts[1])]),
            2_000,
            badge => HoldsAsync(badge, d => Statements(d).Any(original.Contains)));
    }

    private static async Task<bool> HoldsAsync(byte[] badge, Func<JsonElement, bool> wasSigned)
    {
        try
        {
            var report = await SomeProof.VerifyAsync(badge);
            return report.Outcome == ProofOutcome.Good
                ? wasSigned(report.VerifiedDocument!.Value)
                : report is { VerifiedDocument: null, Reason.Length: > 0 };
        }
        catch (WorkBudgetException)
        {
            // Documented: nothing is known of the proofs.
            return true;
        }
    }

    // What is signed is what a document says, however it spells that: a context may be named twice, one type stand without brackets.
    private static IEnumerable<string> Statements(JsonElement document)
    {
        foreach (var processor in SomeProof.Editions(document))
        {
            string? statements = null;
            try
            {
                statements = Encoding.UTF8.GetString(CredentialRdf.Canonicalize(processor, document, RdfHash.Sha256).NQuads.Span);
            }
            catch (JsonLdException)
            {
                // Good under another edition.
            }

            if (statements is not null)
            {
                yield return statements;
            }
        }
    }

    private static byte[] Value(byte kind) => kind == 0
        ? Base64Url.DecodeFromChars(
            new SdBaseProofValue(new byte[64], new byte[35], new byte[32], [new byte[64]], ["/issuer"]).Serialize().AsSpan(1))
        : Base64Url.DecodeFromChars(new SdDerivedProofValue(
            new byte[64], new byte[35], [new byte[64]], new Dictionary<string, string> { ["c14n0"] = "u" + new string('A', 43) }, [0, 1])
            .Serialize().AsSpan(1));

    /// <summary>The five parts of a proof value, each as it should be or nearly so, numbers in every length that CBOR has.</summary>
    private static Gen<byte[]> ProofValues()
    {
        var number = Gen.Select(
            Gen.OneOf(0L, 1, 2, 23, 24, 255, 256, int.MaxValue, uint.MaxValue, long.MaxValue), Gen.Int[0, 3]).Select(Number);
        var negative = Gen.Const<byte[]>([0x20]);
        var octets = Gen.OneOf(64, 64, 35, 35, 32, 32, 0, 63).Select(
            length => (byte[])[0x58, (byte)length, .. new byte[length]]);
        var text = Gen.OneOf<byte[]>([0x60], [0x62, (byte)'/', (byte)'a'], [0x61, 0xFF], [0x63, (byte)'/', (byte)'~', (byte)'2']);
        var item = Gen.Frequency((4, octets), (4, number), (1, negative), (1, text), (1, Gen.Const<byte[]>([0xF6])));
        var list = Gen.OneOf(octets, number, text, item).Array[0, 4].Select(
            items => (byte[])[(byte)(0x80 + items.Length), .. items.SelectMany(i => i)]);
        var entry = Gen.Select(number, Gen.Const<byte[]>([0x58, 32, .. new byte[32]])).Select((k, v) => (byte[])[.. k, .. v]);
        var map = entry.Array[0, 4].Select(all => (byte[])[(byte)(0xA0 + all.Length), .. all.SelectMany(e => e)]);
        var any = Gen.OneOf(item, list, map);
        Gen<byte[]> Octets(byte length) => Gen.Frequency((20, Gen.Const<byte[]>([0x58, length, .. new byte[length]])), (1, any));
        var signatures = Gen.Frequency(
            (20, Octets(64).Array[0, 3].Select(s => (byte[])[(byte)(0x80 + s.Length), .. s.SelectMany(b => b)])), (1, any));
        var numbers = number.Array[0, 4].Select(items => (byte[])[(byte)(0x80 + items.Length), .. items.SelectMany(i => i)]);
        var derived = Gen.Select(
                Octets(64), Octets(35), signatures, Gen.Frequency((9, map), (1, any)), Gen.Frequency((9, numbers), (1, list)))
            .Select((a, b, c, d, e) => (byte[])[0xd9, 0x5d, 0x01, 0x85, .. a, .. b, .. c, .. d, .. e]);
        var made = Gen.Select(Octets(64), Octets(35), Octets(32), signatures, list)
            .Select((a, b, c, d, e) => (byte[])[0xd9, 0x5d, 0x00, 0x85, .. a, .. b, .. c, .. d, .. e]);
        return Gen.Frequency((3, derived), (1, made));

        static byte[] Number(long value, int longer)
        {
            var writer = new CborWriter();
            writer.WriteInt64(value);
            return longer switch
            {
                1 when value <= 255 => [0x18, (byte)value],
                2 when value <= 255 => [0x19, 0, (byte)value],
                3 when value <= 255 => [0x1A, 0, 0, 0, (byte)value],
                _ => writer.Encode(),
            };
        }
    }
}
