using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Deliveries;
using CitiesOfLearning.Hub.Learners;
using CitiesOfLearning.Hub.Senders;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Webhooks;

/// <summary>
/// Drop <c>name.json</c> (and <c>name.headers.json</c>, if headers matter) into Payloads/{profile}, and it is a test case: what the sample
/// city makes of it is in <c>name.expected.json</c>; while that is missing, the failing test shows what to put there.
/// </summary>
public sealed class PayloadTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static TheoryData<string> Files =>
        [.. SourceProfiles.Ids.SelectMany(id => Payloads.Files(id, "*.json")).Where(f => Path.GetFileName(f).Count(c => c == '.') == 1)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_payload_becomes_what_is_expected(string file)
    {
        var profile = SourceProfiles.Find(Path.GetDirectoryName(file)!)!;
        var source = SomeCity.Plymouth().Sources.Values.SingleOrDefault(s => s.Profile == profile.Id)
            ?? SomeCity.Source(profile.Id, profile.Id, [new Rule("`true`", "tide-pool-surveyor", null, TrustTier.Token)]);
        var delivery = Delivery(profile, source, file);

        var actual = CompletionMapper.Map(profile, delivery).Select(e => Describe(e, source, profile.Tier)).ToArray();

        var expected = Payloads.Path(Path.ChangeExtension(file, ".expected.json"));
        Assert.Equal(File.Exists(expected) ? File
            .ReadAllText(expected)
            .Trim() : $"{Path.GetFileName(expected)} is missing", JsonSerializer.Serialize(actual, Json));
    }

    private static RawDelivery Delivery(SourceProfile profile, Source source, string file)
    {
        var headersFile = Payloads.Path(Path.ChangeExtension(file, ".headers.json"));
        var headers = File.Exists(headersFile)
            ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(headersFile))!
            : [];
        var kept = headers
            .Where(h => profile.KeepHeaders.Contains(h.Key.ToLowerInvariant()))
            .ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value);
        return new RawDelivery(
            SampleCity.Plymouth, source.Id, "d", "b", profile.Id, SomeCity.Now, null, kept, File.ReadAllBytes(Payloads.Path(file)));
    }

    private static JsonObject Describe(MappedEvent mapped, Source source, TrustTier tier)
    {
        if (mapped is not MappedEvent.Completed { Completion: var completion, LeftOut: var leftOut })
        {
            return Node(mapped.GetType().Name, mapped);
        }

        var described = new AwardRules().Apply(SomeCity.Plymouth(), source, tier, completion) switch
        {
            RuleOutcome.Earned earned => Describe(completion, source, earned),
            RuleOutcome.NoBadge none => Node(nameof(RuleOutcome.NoBadge), none),
            _ => throw new InvalidOperationException("A completion earns a badge or none."),
        };
        if (leftOut is not null)
        {
            described["leftOut"] = leftOut;
        }

        return described;
    }

    private static JsonObject Describe(Completion completion, Source source, RuleOutcome.Earned earned)
    {
        var (said, known) = (SaidLearner.Of(SomeCity.Plymouth(), completion.Learner), Known(completion.Learner.Account));
        said = known is null
            ? said
            : new(said.Account, said.Address ?? known.Address, said.Name ?? known.Name, said.Language ?? known.Language);
        return known is null && said.Problem(source, completion.Learner) is { } reason
            ? Node("Waiting", new { badge = earned.Badge.Id, reason })
            : Node(
                "Awarded",
                new { badge = earned.Badge.Id, said.Address, said.Name, language = said.Language ?? "en", completion, earned.Evidence });
    }

    // Whose accounts these are was said before.
    private static SaidLearner? Known(string? account) => account switch
    {
        "7" or "octo-ada" => new(account, "ada@example.org", "Ada Marsh", "en"),
        "8" or "octo-gethin" => new(account, "gethin@example.org", "Gethin Pryce", "cy"),
        "9" => new(account, null, "No Address", "en"),
        _ => null,
    };

    private static JsonObject Node(string kind, object value) =>
        new JsonObject { [kind] = JsonSerializer.SerializeToNode(value, value.GetType(), Json) };
}
