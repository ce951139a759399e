using System.Text.RegularExpressions;
using CitiesOfLearning.Hub.Cities.Parsing;
using CitiesOfLearning.Hub.Identifiers;

namespace CitiesOfLearning.Hub.Cities;

/// <summary>Reads a city's definition as a whole: the city, or every error that a steward must mend. See docs/cities.md.</summary>
/// <param name="knownProfiles">The names of the hub's source profiles.</param>
public sealed partial class CityParser(IReadOnlySet<string> knownProfiles)
{
    private const int MaxFiles = 2000;
    private const long MaxBytes = 50L * 1024 * 1024;

    /// <param name="id">The city's id, as in its URLs.</param>
    /// <param name="files">The whole definition.</param>
    public ParsedCity Parse(string id, CityFiles files)
    {
        var reading = new Reading(files);
        if (!CityId.TryParse(id, out var cityId))
        {
            reading.Report("", "", "a city is named with 1 to 40 lower-case letters, digits and hyphens");
        }

        if (files.ByPath.Count > MaxFiles || files.ByPath.Values.Sum(b => (long)b.Length) > MaxBytes)
        {
            reading.Report("", "", "a city has at most 2,000 files and 50 MiB");
            return new(null, reading.Errors, reading.Warnings);
        }

        CityPart? city = null;
        IReadOnlyList<SpineEntry> spine = [];
        reading.Object("city.json", part => city = CityPart.Read(part, reading));
        reading.Object("spine.json", part => spine = SpinePart.Read(part));
        var badges = Each("badges", reading, (badge, part) => BadgePart.Read(badge, part, reading, city, spine));
        var sources = Each("sources", reading, (source, part) => SourcePart.Read(source, part, reading, city, badges, knownProfiles));
        RefuseOtherFiles(reading, badges);
        if (reading.Errors.Count > 0 || city is null)
        {
            return new(null, reading.Errors, reading.Warnings);
        }

        return new(
            new(
                cityId,
                files.Version(),
                city.Name,
                city.Description,
                city.Url,
                city.ContactEmail,
                reading.Languages,
                city.Sender,
                city.Image,
                city.Providers,
                badges,
                sources,
                spine,
                city.Proofs,
                city.TimeZone)
            {
                Identifier = city.Identifier,
            },
            [],
            reading.Warnings);
    }

    [GeneratedRegex("^(badges|sources)/([^/]+)\\.(json|png|svg)$")]
    private static partial Regex KnownPlace { get; }

    private static Dictionary<string, T> Each<T>(string folder, Reading reading, Func<string, JsonPart, T> read)
    {
        var all = new Dictionary<string, T>();
        foreach (var file in reading.Files.ByPath.Keys.Where(
            f => f.StartsWith($"{folder}/", StringComparison.Ordinal) && f.EndsWith(".json", StringComparison.Ordinal)))
        {
            var id = file[(folder.Length + 1)..^".json".Length];
            if (Reading.IsId(id))
            {
                reading.Object(file, part => all[id] = read(id, part));
            }
            else
            {
                reading.Report(file, "", "must be named with 1 to 40 lower-case letters, digits and hyphens");
            }
        }

        return all;
    }

    // A file that nothing reads is most often a name with a slip in it.
    private static void RefuseOtherFiles(Reading reading, Dictionary<string, BadgeClass> badges)
    {
        var art = badges.Values
            .SelectMany(b => new[] { b.Art.Png.FileName, b.Art.Svg?.FileName })
            .Select(name => $"badges/{name}")
            .ToHashSet();
        foreach (var file in reading.Files.ByPath.Keys)
        {
            var place = KnownPlace.Match(file);
            var problem = (place.Groups[1].Value, place.Groups[3].Value) switch
            {
                ("badges" or "sources", "json") => null,
                ("badges", "png" or "svg") =>
                    art.Contains(file) || badges.Count < CountBadges(reading)
                        ? null
                        : "no badge uses this picture; name it in a badge's \"art\" or remove it",
                _ when file.StartsWith(CityFiles.Rosters, StringComparison.OrdinalIgnoreCase) =>
                    "is no part of a city: rosters hold people, and are uploaded by themselves",
                _ when file is "city.json" or "spine.json" or "README.md" => null,
                _ when !file.Contains('/', StringComparison.Ordinal) && file.EndsWith(".png", StringComparison.Ordinal) => null,
                _ => "is not part of a city; remove it, or check its name and folder",
            };
            if (problem is not null)
            {
                reading.Report(file, "", problem);
            }
        }
    }

    private static int CountBadges(Reading reading) =>
        reading.Files.ByPath.Keys.Count(
            f => f.StartsWith("badges/", StringComparison.Ordinal) && f.EndsWith(".json", StringComparison.Ordinal));
}
