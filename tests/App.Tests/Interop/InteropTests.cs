using System.Text;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.App.Tests.Interop;

/// <summary>
/// Badges of the app, in every form that a city can choose, are taken by packages that nobody here wrote, over HTTPS and by nothing but
/// what the hub publishes; a changed copy is refused. docs/interop.md has the table.
/// </summary>
public sealed class InteropTests(ITestOutputHelper output)
{
    private static readonly InteropCity[] Cities =
    [
        new("https-usual", "https", "jwt-es256", "ecdsa-sd-2023"),
        new("https-other", "https", "ecdsa-rdfc-2019", "jwt-rs256"),
        new("did-usual", "did:web", "jwt-es256", "ecdsa-sd-2023"),
        new("did-other", "did:web", "ecdsa-rdfc-2019", "jwt-rs256"),
    ];

    private static readonly Learner[] Learners =
    [
        .. from language in (string[])["en", "cy"]
           from hasEvidence in (bool[])[false, true]
           from hasScore in (bool[])[false, true]
           select new Learner(language, hasEvidence, hasScore),
        new("en", HasEvidence: true, HasScore: true, LosesIt: true),
    ];

    [Fact]
    public async Task Packages_that_others_wrote_take_every_form_of_a_badge_and_refuse_a_changed_copy()
    {
        Assert.SkipUnless(NodePackages.AreInstalled, NodePackages.NotInstalled);
        var schemas = (string[])["achievementcredential", "profile"];
        var files = schemas.Select(s => Corpus.Fetched($"schemas/ob_v3p0/ob_v3p0_{s}_schema.json")).ToArray();
        Assert.SkipWhen(files.Contains(null), Corpus.NotFetched);
        await using var hub = await InteropHub.StartAsync(Cities);
        var badges = await BadgesAsync(hub);

        var answers = await NodePackages.AskAsync(hub.Front.Authority, new
        {
            schemas = new { achievement = files[0], profile = files[1] },
            badges,
            lists = Cities.Select(c => new { url = List(hub, c), c.Identifier }),
            profiles = Cities.Where(c => c.Identifier == "https")
                .Select(c => new { url = $"{hub.Front.Address}/cities/{c.Id}", c.Identifier }),
        });

        var tables = InteropTable.Of(answers);
        output.WriteLine(tables);
        var wrong = answers.Where(a => !a.IsRight).OrderByDescending(a => a.IsOriginal).Select(a => a.ToString()).Distinct().ToList();
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong.Take(20)));
        InteropTable.AssertDocumented(tables);
    }

    private static string List(InteropHub hub, InteropCity city) =>
        $"{hub.Front.Address}/cities/{city.Id}/status/revocation-{(city.Identifier == "https" ? 1 : 1_000_001)}";

    private static async Task<List<InteropBadge>> BadgesAsync(InteropHub hub)
    {
        foreach (var city in Cities)
        {
            foreach (var learner in Learners)
            {
                await hub.FinishAsync(city, learner);
            }
        }

        await hub.RunQueuesAsync();
        var badges = new List<InteropBadge>();
        foreach (var city in Cities)
        {
            foreach (var learner in Learners)
            {
                var badge = await hub.ClaimAsync(city, learner);
                if (learner.LosesIt)
                {
                    await hub.RevokeAsync(city, badge);
                }

                foreach (var (form, path) in Forms(city, learner))
                {
                    badges.Add(InteropBadge.Of(form, city.Identifier, learner.LosesIt, await hub.DownloadAsync(badge, path)));
                }
            }
        }

        return badges;
    }

    private static IEnumerable<(string Form, string Path)> Forms(InteropCity city, Learner learner)
    {
        foreach (var proof in city.Proofs)
        {
            yield return (proof, proof.StartsWith("jwt", StringComparison.Ordinal) ? ".jwt" : ".json");
        }

        yield return ($"{city.Proofs[0]} in a PNG", ".png");
        yield return ($"{city.Proofs[0]} in an SVG", ".svg");
        var parts = (string[])[.. learner.HasEvidence ? ["evidence"] : (string[])[], .. learner.HasScore ? ["result"] : (string[])[]];
        if (parts.Length > 0 && city.Proofs.Contains("ecdsa-sd-2023"))
        {
            yield return ("ecdsa-sd-2023, with parts left out", $".json?leaveOut={string.Join(',', parts)}");
        }
    }
}

/// <summary>As interop.mjs reads it: text, or a picture in base64.</summary>
internal sealed record InteropBadge(string Form, string Identifier, bool IsRevoked, string? Text, string? Picture)
{
    public static InteropBadge Of(string form, string identifier, bool isRevoked, byte[] file) =>
        form.Contains(" in a", StringComparison.Ordinal)
            ? new(form, identifier, isRevoked, null, Convert.ToBase64String(file))
            : new(form, identifier, isRevoked, Encoding.UTF8.GetString(file), null);
}
