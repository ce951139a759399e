using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Texts;

namespace CitiesOfLearning.Hub.Learners;

/// <summary>Who a completion belongs to: the address in it, else the source's roster by account.</summary>
public sealed class LearnerResolver(HubIds ids)
{
    public LearnerResolution Resolve(City city, Source source, ReportedLearner claimed)
    {
        var entry = claimed.Account is null ? null : source.Roster.GetValueOrDefault(claimed.Account);
        var name = claimed.Name ?? entry?.Name;
        var language = LanguageTag.Lookup(claimed.Language, city.Languages)
            ?? LanguageTag.Lookup(entry?.Language, city.Languages)
            ?? city.Languages[0];

        if ((EmailAddress.Normalize(claimed.Address) ?? EmailAddress.Normalize(entry?.Address)) is { } address)
        {
            return new LearnerResolution.Known(new Learner(ids.LearnerKey(city.Id, address), address, name, language));
        }

        return entry is null
            ? new LearnerResolution.Unknown(WhyUnknown(source, claimed))
            : new LearnerResolution.Known(new Learner(ids.LearnerKey(city.Id, source.Id, entry.Account), null, name, language));
    }

    private static TextKey WhyUnknown(Source source, ReportedLearner claimed) => (claimed.Address, claimed.Account) switch
    {
        (null, null) => new TextKey("Reason.nobody"),
        (null, _) => new TextKey("Reason.unknownAccount", source.Id),
        (_, null) => new TextKey("Reason.badAddress"),
        _ => new TextKey("Reason.badAddressUnknownAccount", source.Id),
    };
}

/// <summary>A person the hub can name, or why not.</summary>
public abstract record LearnerResolution
{
    private LearnerResolution()
    {
    }

    public sealed record Known(Learner Learner) : LearnerResolution;

    /// <param name="Reason">No personal data.</param>
    public sealed record Unknown(TextKey Reason) : LearnerResolution;
}
