using System.Text;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Texts;

namespace CitiesOfLearning.Hub.Learners;

/// <summary>What a completion and its source's roster say of a learner, in one spelling.</summary>
/// <param name="Account">The sender's name for them; accounts of most systems ignore case, and so does the hub.</param>
/// <param name="Address">As <see cref="EmailAddress.Normalize"/> writes it.</param>
/// <param name="Language">One of the city's; null if nothing was said.</param>
/// <param name="IsInRoster">Whether the roster has the account.</param>
public sealed record SaidLearner(string? Account, string? Address, string? Name, string? Language, bool IsInRoster)
{
    public static SaidLearner Of(City city, Source source, ReportedLearner reported)
    {
        var entry = reported.Account is null ? null : source.Roster.GetValueOrDefault(reported.Account);
        return new(
            reported.Account is null ? null : Spelling(reported.Account),
            EmailAddress.Normalize(reported.Address) ?? EmailAddress.Normalize(entry?.Address),
            reported.Name ?? entry?.Name,
            LanguageTag.Lookup(reported.Language, city.Languages) ?? LanguageTag.Lookup(entry?.Language, city.Languages),
            entry is not null);
    }

    /// <summary>Why nobody can be found by this; null if it may lead to somebody.</summary>
    public TextKey? Problem(Source source, ReportedLearner reported) => (Account, Address) switch
    {
        (null, null) => new TextKey(reported.Address is null ? "Reason.nobody" : "Reason.badAddress"),
        (_, null) when !IsInRoster =>
            new TextKey(reported.Address is null ? "Reason.unknownAccount" : "Reason.badAddressUnknownAccount", source.Id),
        _ => null,
    };

    private static string Spelling(string account) => account.Trim().Normalize(NormalizationForm.FormC).ToLowerInvariant();
}
