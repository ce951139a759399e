using CitiesOfLearning.Hub.Identifiers;

namespace CitiesOfLearning.Hub.Cities;

/// <summary>Everything one city's stewards decided, as activated: read-only, one version at a time.</summary>
/// <param name="Id">As in its URLs: lower-case letters, digits and hyphens.</param>
/// <param name="Version">Lower-case hex SHA-256 of the definition's files.</param>
/// <param name="Languages">BCP 47 tags; the first is the default.</param>
/// <param name="TimeZone">In which its days begin and end.</param>
public sealed record City(
    CityId Id,
    string Version,
    LocalizedText Name,
    LocalizedText Description,
    string? Url,
    string? ContactEmail,
    IReadOnlyList<string> Languages,
    MailSender Sender,
    ImageFile? Image,
    IReadOnlyDictionary<string, Provider> Providers,
    IReadOnlyDictionary<string, BadgeClass> Badges,
    IReadOnlyDictionary<string, Source> Sources,
    IReadOnlyList<SpineEntry> Spine,
    CityProofs Proofs,
    TimeZoneInfo TimeZone)
{
    /// <summary>How it names itself in the badges that it issues from now on.</summary>
    public IssuerScheme Identifier { get; init; }

    /// <summary>The day that it is in the city then.</summary>
    public DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(InTown(moment).DateTime);

    /// <summary>The same moment, as the city's clocks show it.</summary>
    public DateTimeOffset InTown(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, TimeZone);
}

/// <summary>The mailbox that the city's messages come from.</summary>
public sealed record MailSender(string Address, LocalizedText Name)
{
    /// <summary>Further ones that share the work, under the same name.</summary>
    public IReadOnlyList<string> More { get; init; } = [];

    public IEnumerable<string> Mailboxes => [Address, .. More];
}

/// <summary>A learning provider that the city works with.</summary>
public sealed record Provider(string Id, LocalizedText Name, string? Url);

/// <summary>One skill, value or disposition of the city's skills spine.</summary>
/// <param name="Code">Unique in the city; an anchor on the city's page.</param>
/// <param name="Layer">core, cities-of-learning, city or strategic.</param>
/// <param name="Url">Where the framework itself describes it, if it does.</param>
public sealed record SpineEntry(string Code, string Layer, string Framework, LocalizedText Name, LocalizedText? Description, string? Url);

/// <summary>A picture, with what a person who cannot see it is told.</summary>
/// <param name="MediaType">image/png or image/svg+xml.</param>
public sealed record ImageFile(string FileName, string MediaType, byte[] Bytes, LocalizedText Alt);
