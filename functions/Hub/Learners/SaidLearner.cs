using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Texts;

namespace CitiesOfLearning.Hub.Learners;

/// <summary>What a completion, or a roster's line, says of a learner, in one spelling.</summary>
/// <param name="Account">The sender's name for them; accounts of most systems ignore case, and so does the hub.</param>
/// <param name="Address">As <see cref="EmailAddress.Normalize"/> writes it.</param>
/// <param name="Language">One of the city's; null if nothing was said.</param>
public sealed record SaidLearner(string? Account, string? Address, string? Name, string? Language)
{
    public static SaidLearner Of(City city, ReportedLearner reported) => new(
        reported.Account is null ? null : Spelling(reported.Account),
        EmailAddress.Normalize(reported.Address),
        reported.Name,
        LanguageTag.Lookup(reported.Language, city.Languages));

    /// <summary>With what else was said, where this says nothing.</summary>
    public SaidLearner Or(SaidLearner other) =>
        new(Account ?? other.Account, Address ?? other.Address, Name ?? other.Name, Language ?? other.Language);

    /// <summary>Why nobody can be found by this; null if it may lead to somebody.</summary>
    public TextKey? Problem(Source source, ReportedLearner reported) => (Account, Address) switch
    {
        (null, null) => new TextKey(reported.Address is null ? "Reason.nobody" : "Reason.badAddress"),
        (_, null) => new TextKey(reported.Address is null ? "Reason.unknownAccount" : "Reason.badAddressUnknownAccount", source.Id),
        _ => null,
    };

    /// <summary>An account as it is compared.</summary>
    public static string Spelling(string account) => HubIds.Fold(account);
}
