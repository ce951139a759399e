using System.Security.Cryptography;
using System.Text;
using CitiesOfLearning.DevHost.Senders;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.App.Tests.Journeys;

/// <summary>One learner finishes one course.</summary>
internal sealed record Finished(string Source, string Badge, SampleLearner Learner)
{
    public string AwardId(HubIds ids) =>
        ids.AwardId(SampleCity.Plymouth, Badge, ids.LearnerId(SampleCity.Plymouth, Learner.Email)).ToString();
}

/// <summary>
/// Waves of 200 completions in a Plymouth with larger rosters: 80 learners at Moodle, 60 at the code club, 60 at the tide pools. Some
/// learn at two places, and so earn two badges.
/// </summary>
internal static class ManyCompletions
{
    public const int InWave = 200;

    /// <summary>No log line may hold any of these: parts of every name, login and address, and the senders' secrets.</summary>
    public static readonly string[] Personal =
        ["trelawny", "learners.example", .. SampleProvider.All.Select(SampleHub.Secret)];

    private const int Waves = 2;

    private static readonly (string Source, string Badge, int FirstLearner, int Count)[] Groups =
        [("moodle", "python-beginner", 0, 80), ("code-club", "code-club-graduate", 40, 60), ("hub", "tide-pool-surveyor", 80, 60)];

    public static IReadOnlyList<Finished> Wave(int wave) =>
        [.. Groups.SelectMany(g => Enumerable
            .Range((wave * 1000) + g.FirstLearner, g.Count)
            .Select(n => new Finished(g.Source, g.Badge, Learner(n, g.Source))))];

    /// <summary>
    /// What the senders send, out of order: every tenth delivery twice, and of every tenth completion a second delivery with an id of its
    /// own.
    /// Written when it is sent, because a signature's time counts for five minutes.
    /// </summary>
    public static IReadOnlyList<Lazy<SampleRequest>> Deliveries(int wave)
    {
        var deliveries = new List<Lazy<SampleRequest>>();
        foreach (var (index, finished) in Wave(wave).Index())
        {
            var delivery = Send(finished);
            deliveries.Add(delivery);
            switch (index % 10)
            {
                case 3:
                    deliveries.Add(delivery);
                    break;
                case 7:
                    deliveries.Add(Send(finished));
                    break;
                default:
                    break;
            }
        }

        return [.. deliveries
            .Index()
            .OrderBy(d => Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes($"{wave}/{d.Index}"))))
            .Select(d => d.Item)];
    }

    /// <summary>Plymouth with everybody in its rosters, in a folder of cities of its own.</summary>
    public static string WriteCities(string folder)
    {
        var sample = Path.Combine(Repository.SampleCities, "plymouth");
        foreach (var file in Directory.GetFiles(sample, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, "plymouth", Path.GetRelativePath(sample, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var everybody = Enumerable.Range(0, Waves).SelectMany(Wave).ToList();
        WriteRoster("moodle", learner => $"{learner.Account}");
        WriteRoster("code-club", learner => learner.Name);
        return folder;

        void WriteRoster(string source, Func<SampleLearner, string> account) => File.WriteAllLines(
            Path.Combine(folder, "plymouth", "rosters", source + ".csv"),
            [
                "account,address,name,language",
                .. everybody.Where(f => f.Source == source).Select(f => f.Learner)
                    .Select(l => $"{account(l)},{l.Email},Wenna Trelawny {l.Account - 1},{(l.Account % 5 == 0 ? "cy" : "en")}"),
            ]);
    }

    private static Lazy<SampleRequest> Send(Finished finished) =>
        new(() => SampleHub.Finish(SampleHub.Plymouth(finished.Source), finished.Learner));

    private static SampleLearner Learner(int number, string source) =>
        new(number + 1, source == "code-club" ? $"trelawny-{number}" : $"Wenna Trelawny {number}", $"wenna.{number}@learners.example");
}
