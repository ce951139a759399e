using System.Globalization;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Storage;

namespace CitiesOfLearning.Hub.Publishing;

/// <summary>Takes a city's definition as a whole, or not at all.</summary>
public sealed class CityStore(HubStorage storage, CityParser parser, BadgePublisher badges, CityDirectory directory, HubUrls urls)
{
    private readonly CityBlobs _blobs = new(storage);

    /// <summary>
    /// Checks the definition, publishes its badges, keeps it, and makes it the one that counts. Repeating it is harmless; of two at the
    /// same time one wins and the other is told.
    /// </summary>
    /// <returns>The active city, or every reason why it was not activated; then nothing has changed for readers.</returns>
    public async Task<ParsedCity> ActivateAsync(string city, CityFiles files, CancellationToken cancellationToken)
    {
        var parsed = parser.Parse(city, files);
        if (parsed.City is not { } definition)
        {
            return parsed;
        }

        var id = definition.Id;
        var active = await _blobs.ActiveAsync(id, cancellationToken);
        var published = await badges.ReadAsync(id, cancellationToken);
        List<CityError> refused =
        [
            .. await MissingAsync(definition, active?.Version, cancellationToken),
            .. BadgePublisher.Changed(definition, published).Select(RaiseVersion),
        ];
        if (active?.Version != definition.Version)
        {
            refused.AddRange(await BadgeTrial.ProblemsAsync(definition, urls));
        }

        if (refused.Count > 0)
        {
            return new(null, refused, []);
        }

        // At most starts nothing has changed, and to write what is there already costs an exception each.
        if (active?.Version != definition.Version || !await _blobs.IsKeptAsync(id, definition.Version, cancellationToken))
        {
            await _blobs.KeepAsync(id, definition.Version, files, cancellationToken);
        }

        if (!await badges.PublishAsync(definition, published, cancellationToken))
        {
            var others = await badges.ReadAsync(id, cancellationToken);
            return new(null, [.. BadgePublisher.Changed(definition, others).Select(RaiseVersion)], []);
        }

        if (active?.Version != definition.Version
            && !await _blobs.TryActivateAsync(id, definition.Version, active?.ETag, cancellationToken)
            && (await _blobs.ActiveAsync(id, cancellationToken))?.Version != definition.Version)
        {
            return new(
                null, [new("", "", "somebody else activated another version of this city just now; look at theirs, then try again")], []);
        }

        directory.Forget();
        return parsed;
    }

    // Learners hold what was awarded: its page, and who awarded it, must still be found.
    private async Task<IEnumerable<CityError>> MissingAsync(City city, string? active, CancellationToken cancellationToken)
    {
        // A definition that an earlier hub took and this one cannot read has nothing to compare with.
        if (active is null
            || active == city.Version
            || parser.Parse(city.Id.ToString(), await _blobs.ReadAsync(city.Id, active, cancellationToken)).City is not { } earlier)
        {
            return [];
        }

        return
        [
            .. earlier.Badges.Keys.Except(city.Badges.Keys).Select(badge => new CityError($"badges/{badge}.json", "",
                $"is missing: \"{badge}\" is published and may have been awarded; keep the file, and give its awarders an \"until\" to " +
                "end it")),
            .. earlier.Providers.Keys.Except(city.Providers.Keys).Select(provider => new CityError("city.json", "$.providers",
                $"\"{provider}\" is missing and may have awarded badges; keep it, and end its part with \"until\" where badges name it " +
                "as awarder")),
        ];
    }

    private static CityError RaiseVersion(BadgeClass badge) => new($"badges/{badge.Id}.json", "$.version", string.Create(
        CultureInfo.InvariantCulture,
        $"\"{badge.Id}\" is published as version {badge.Version} and has changed; raise \"version\" to {badge.Version + 1}"));
}
