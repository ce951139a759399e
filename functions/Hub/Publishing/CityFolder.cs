using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Learners;
using CitiesOfLearning.Hub.Texts;

namespace CitiesOfLearning.Hub.Publishing;

/// <summary>Loads cities from a folder: on a laptop at start, in Azure with functions/Operator.</summary>
public static class CityFolder
{
    /// <summary>
    /// Activates each city folder that changed. A city with errors keeps its earlier version, if it has one, and its errors are written
    /// out; the other cities are loaded all the same.
    /// </summary>
    /// <param name="rosters">Takes the rosters that lie beside a city (<c>rosters/{source}.csv</c>); null: they are left out.</param>
    /// <returns>Whether every city was loaded.</returns>
    public static async Task<bool> LoadAsync(
        string folder, CityStore store, RosterUpload? rosters, TextWriter output, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            await output.WriteLineAsync($"There is no folder of cities at {Path.GetFullPath(folder)}");
            return false;
        }

        var loaded = await Task.WhenAll(Directory.EnumerateDirectories(folder)
            .Order(StringComparer.Ordinal)
            .Select(async city => (
                Folder: city,
                Id: Path.GetFileName(city),
                Parsed: await store.ActivateAsync(Path.GetFileName(city), CityFiles.FromFolder(city), cancellationToken))));
        foreach (var (place, id, parsed) in loaded)
        {
            if (parsed.City is { } city)
            {
                await output.WriteLineAsync(
                    $"Loaded {city.Name.In(null)} ({Count(city.Badges.Count, "badge")}, {Count(city.Sources.Count, "source")})");
                foreach (var roster in Rosters(place))
                {
                    await TakeAsync(city, roster, rosters, output, cancellationToken);
                }
            }
            else
            {
                await output.WriteLineAsync($"Not loaded: {id}. Mend these, then try again; an earlier version stays in use.");
            }

            foreach (var error in parsed.Errors)
            {
                await output.WriteLineAsync($"  {id}/{error}");
            }

            foreach (var warning in parsed.Warnings)
            {
                await output.WriteLineAsync($"  Look at this: {id}/{warning}");
            }
        }

        return loaded.All(l => l.Parsed.City is not null);
    }

    /// <summary>Writes out what became of a roster.</summary>
    /// <param name="file">What it is called.</param>
    public static async Task TellAsync(string file, RosterReceipt receipt, TextWriter output)
    {
        await output.WriteLineAsync(
            $"{file}: {receipt.New} new, {receipt.Changed} changed, {receipt.Unchanged} unchanged, {receipt.Refused.Count} refused");
        foreach (var refused in receipt.Refused)
        {
            await output.WriteLineAsync($"  {refused.In(UserTexts.English)}");
        }
    }

    private static async Task TakeAsync(
        City city, string roster, RosterUpload? rosters, TextWriter output, CancellationToken cancellationToken)
    {
        var file = $"{city.Id}/{CityFiles.Rosters}{Path.GetFileName(roster)}";
        if (rosters is null)
        {
            await output.WriteLineAsync($"Left out: {file}. A roster holds people, and is uploaded by itself, with upload-roster.");
        }
        else if (city.Sources.GetValueOrDefault(Path.GetFileNameWithoutExtension(roster)) is { } source)
        {
            // What was said since the file was written is newer.
            var at = File.GetLastWriteTimeUtc(roster);
            await TellAsync(
                file, await rosters.TakeAsync(city, source, await File.ReadAllBytesAsync(roster, cancellationToken), at, cancellationToken),
                output);
        }
        else
        {
            await output.WriteLineAsync($"Left out: {file}. The city has no source of that name.");
        }
    }

    private static IEnumerable<string> Rosters(string city) =>
        Path.Combine(city, CityFiles.Rosters) is var folder && Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.csv").Order(StringComparer.Ordinal)
        : [];

    private static string Count(int number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";
}
