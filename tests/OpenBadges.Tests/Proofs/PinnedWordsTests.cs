using System.Text.Json;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.OpenBadges.Tests.Proofs;

/// <summary>
/// What verification reads has one spelling under every pinned context, or a signature over statements would hold for another.
/// </summary>
public sealed class PinnedWordsTests
{
    private static readonly string[] Read =
    [
        "issuer", "validFrom", "validUntil", "issuanceDate", "expirationDate", "credentialStatus", "credentialSubject",
        "achievement", "proof", "proofPurpose",
        "verificationMethod", "created", "expires", "statusPurpose", "statusListIndex", "statusListCredential",
    ];

    private static readonly List<(string File, JsonElement Json)> Contexts =
    [
        .. Directory
            .GetFiles(Path.Combine(Repository.Root, "functions", "OpenBadges", "Resources", "contexts"), "*.json*")
            .Where(f => !f.EndsWith("index.json", StringComparison.Ordinal))
            .Select(f => (Path.GetFileName(f), JsonElement.Parse(File.ReadAllBytes(f)).GetProperty("@context"))),
    ];

    [Fact]
    public void No_pinned_context_has_a_second_word_for_what_verification_reads()
    {
        var second = Contexts
            .SelectMany(c => Terms(c.Json).Select(t => (c.File, t.Term, t.Iri)))
            .Where(t => Array.Exists(Read, r => r != t.Term && r == t.Iri[(t.Iri.LastIndexOfAny(['#', ':', '/']) + 1)..]));

        Assert.Empty(second);
        Assert.True(Contexts.Count > 30);
    }

    [Fact]
    public void A_class_with_the_address_of_a_property_is_known_as_such()
    {
        var classes = Contexts.SelectMany(c => Terms(c.Json).GroupBy(t => t.Iri))
            .Where(g => g.Any(t => !IsClass(t.Term)))
            .SelectMany(g => g.Select(t => t.Term).Where(IsClass))
            .Distinct(StringComparer.Ordinal);

        Assert.Equal(CompactedForm.ClassesLikeProperties.Order(StringComparer.Ordinal), classes.Order(StringComparer.Ordinal));

        static bool IsClass(string term) => term is [>= 'A' and <= 'Z', ..];
    }

    [Fact]
    public void No_pinned_context_gives_a_keyword_another_name_that_could_move_statements()
    {
        var names = Contexts
            .SelectMany(c => Terms(c.Json))
            .Where(t => t.Iri is ['@', ..])
            .Distinct();

        // ODRL calls an id uid.
        Assert.Equal(["id @id", "type @type", "uid @id"], names.Select(n => $"{n.Term} {n.Iri}").Order());
    }

    private static IEnumerable<(string Term, string Iri)> Terms(JsonElement context) => context.ValueKind switch
    {
        JsonValueKind.Array => context.EnumerateArray().SelectMany(Terms),
        JsonValueKind.Object => context.EnumerateObject().Where(m => m.Name is not ['@', ..]).SelectMany(m => Definition(m.Name, m.Value)),
        _ => [],
    };

    private static IEnumerable<(string Term, string Iri)> Definition(string term, JsonElement definition)
    {
        if (definition.ValueKind == JsonValueKind.String)
        {
            yield return (term, definition.GetString()!);
        }
        else if (definition.ValueKind == JsonValueKind.Object)
        {
            if (definition.TryGetProperty("@id", out var id) && id.ValueKind == JsonValueKind.String)
            {
                yield return (term, id.GetString()!);
            }

            if (definition.TryGetProperty("@context", out var scoped))
            {
                foreach (var inner in Terms(scoped))
                {
                    yield return inner;
                }
            }
        }
    }
}
