using System.Text.Json.Nodes;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.OpenBadges.Tests.Keys;
using CsCheck;

namespace CitiesOfLearning.OpenBadges.Tests.Proofs;

/// <summary>Whatever is changed, added or taken away, of the document or of the proof: the proof is good no more, in any suite.</summary>
public sealed class MutationTests
{
    public static TheoryData<Cryptosuite, KeyKind> Suites => SomeProof.Suites;

    [Theory]
    [MemberData(nameof(Suites))]
    public async Task What_was_not_touched_is_good(Cryptosuite suite, KeyKind kind)
    {
        var key = SomeKeys.Of(kind);
        var signed = SomeProof.Signed(suite, key);

        var report = await SomeProof.VerifyAsync(signed);

        Assert.Equal((ProofOutcome.Good, ""), (report.Outcome, report.Reason));
        signed.Remove("proof");
        Assert.True(JsonNode.DeepEquals(signed, JsonObject.Create(report.VerifiedDocument!.Value)));
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public async Task Every_text_that_is_changed_breaks_the_proof(Cryptosuite suite, KeyKind kind)
    {
        var signed = SomeProof.Signed(suite, SomeKeys.Of(kind));
        var texts = Places(signed).Where(p => p.Of(signed) is JsonValue).ToList();

        foreach (var place in texts)
        {
            await BreaksAsync(signed, d => place.Set(d, place.Of(d)!.GetValue<string>() + "x"), place);
        }

        Assert.True(texts.Count > 30);
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public async Task Every_member_or_item_that_is_taken_away_breaks_the_proof(Cryptosuite suite, KeyKind kind)
    {
        var signed = SomeProof.Signed(suite, SomeKeys.Of(kind));

        foreach (var place in Places(signed))
        {
            await BreaksAsync(signed, place.Remove, place);
        }
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public async Task Every_object_that_says_more_breaks_the_proof(Cryptosuite suite, KeyKind kind)
    {
        var signed = SomeProof.Signed(suite, SomeKeys.Of(kind));
        var objects = Places(signed).Where(p => p.Of(signed) is JsonObject).ToList();

        foreach (var place in objects)
        {
            foreach (var (name, value) in new[]
            {
                ("url", "https://evil.example/"),
                ("description", "More"),
                ("undefined", "term"),
                ("@type", "https://evil.example/")
            })
            {
                if (place.Of(signed)![name] is null)
                {
                    await BreaksAsync(signed, d => place.Of(d)![name] = value, place);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public async Task Whichever_byte_of_the_file_changes_what_is_good_is_still_what_was_signed(Cryptosuite suite, KeyKind kind)
    {
        var signed = SomeProof.Signed(suite, SomeKeys.Of(kind));
        var bytes = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(signed);
        var original = (await SomeProof.VerifyAsync(bytes)).VerifiedDocument!.Value;

        await Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte[1, 255]).SampleAsync(
            async (at, mask) =>
            {
                var changed = bytes.ToArray();
                changed[at] ^= mask;
                var report = await SomeProof.VerifyAsync(changed);
                return report.Outcome != ProofOutcome.Good
                    || System.Text.Json.JsonElement.DeepEquals(original, report.VerifiedDocument!.Value);
            },
            iter: 300,
            threads: 1);
    }

    private static async Task BreaksAsync(JsonObject signed, Action<JsonObject> change, Place place)
    {
        var changed = signed.DeepClone().AsObject();
        change(changed);

        var report = await SomeProof.VerifyAsync(changed);

        Assert.True(report.Outcome != ProofOutcome.Good, $"{place} changed: {changed}");
    }

    private static IEnumerable<Place> Places(JsonNode node, Place? at = null)
    {
        var inside = node switch
        {
            JsonObject o => o.Select(m => (Step: (object)m.Key, Node: m.Value)),
            JsonArray a => a.Select((n, i) => (Step: (object)i, Node: n)),
            _ => [],
        };
        return inside.SelectMany(m => (Place[])[new Place(at, m.Step), .. Places(m.Node!, new Place(at, m.Step))]);
    }

    private sealed record Place(Place? Parent, object Step)
    {
        public JsonNode? Of(JsonObject document) => Holder(document) is JsonArray items ? items[(int)Step] : Holder(document)[(string)Step];

        public void Set(JsonObject document, JsonNode value)
        {
            if (Holder(document) is JsonArray items)
            {
                items[(int)Step] = value;
            }
            else
            {
                Holder(document)[(string)Step] = value;
            }
        }

        public void Remove(JsonObject document)
        {
            if (Holder(document) is JsonArray items)
            {
                items.RemoveAt((int)Step);
            }
            else
            {
                Holder(document).AsObject().Remove((string)Step);
            }
        }

        public override string ToString() => $"{Parent}/{Step}";

        private JsonNode Holder(JsonObject document) => Parent is null ? document : Parent.Of(document)!;
    }
}
