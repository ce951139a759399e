using CitiesOfLearning.Hub.Cities;

namespace CitiesOfLearning.Hub.Publishing;

/// <summary>Loads cities from a folder: on a laptop at start, in Azure with functions/Operator.</summary>
public static class CityFolder
{
    /// <summary>
    /// Activates each city folder that changed. A city with errors keeps its earlier version, if it has one, and its errors are written
    /// out; the other cities are loaded all the same.
    /// </summary>
    /// <returns>Whether every city was loaded.</returns>
    public static async Task<bool> LoadAsync(string folder, CityStore store, TextWriter output, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            await output.WriteLineAsync($"There is no folder of cities at {Path.GetFullPath(folder)}");
            return false;
        }

        var loaded = await Task.WhenAll(Directory.EnumerateDirectories(folder)
            .Order(StringComparer.Ordinal)
            .Select(async city => (
                Id: Path.GetFileName(city),
                Parsed: await store.ActivateAsync(Path.GetFileName(city), CityFiles.FromFolder(city), cancellationToken))));
        foreach (var (id, parsed) in loaded)
        {
            if (parsed.City is { } city)
            {
                await output.WriteLineAsync(
                    $"Loaded {city.Name.In(null)} ({Count(city.Badges.Count, "badge")}, {Count(city.Sources.Count, "source")})");
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

    private static string Count(int number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";
}
