using System.Text.RegularExpressions;
using CitiesOfLearning.Hub.Identifiers;

namespace CitiesOfLearning.Hub.Cities.Parsing;

/// <summary><c>city.json</c>: who the city is, whom it works with, and which mailbox it writes from.</summary>
internal sealed partial record CityPart(
    LocalizedText Name,
    LocalizedText Description,
    string? Url,
    string? ContactEmail,
    MailSender Sender,
    ImageFile? Image,
    IReadOnlyDictionary<string, Provider> Providers,
    CityProofs Proofs,
    IssuerScheme Identifier,
    TimeZoneInfo TimeZone)
{
    // Twenty in all send 34,800 messages an hour.
    private const int MaxMoreMailboxes = 19;

    // The same shape that Open Badges 3.0's schema asks of inLanguage.
    [GeneratedRegex("^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$")]
    private static partial Regex LanguagePattern { get; }

    public static CityPart Read(JsonPart part, Reading reading)
    {
        // First, because every text depends on them.
        reading.Languages = Languages(part);
        return new(
            part.Localized("name", 100),
            part.Localized("description", 1000),
            part.OptionalUrl("url"),
            Address(part, "contactEmail", required: false),
            part.Part("sender", ReadSender, required: true) ?? new("", LocalizedPart.Nothing),
            part.Part("image", image => ArtPart.City(image, reading)!),
            part.PartsById("providers", (id, provider) => new Provider(id, provider.Localized("name", 100), provider.OptionalUrl("url"))),
            ProofChoice(part),
            Scheme(part),
            Zone(part));
    }

    // Every city so far is on this clock.
    private static TimeZoneInfo Zone(JsonPart part)
    {
        const string Usual = "Europe/London";
        var name = part.OptionalText("timeZone", 60) ?? Usual;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId)
        {
            return zone;
        }

        part.Report("timeZone", $"\"{name}\" is no time zone; use a name of the IANA list, such as {Usual}");
        return TimeZoneInfo.Utc;
    }

    private static IReadOnlyList<string> Languages(JsonPart part)
    {
        var languages = part.Texts("languages", 12, required: true);
        if (languages.Count > 0 && languages.All(l => LanguagePattern.IsMatch(l)))
        {
            return languages;
        }

        part.Report("languages", "must list the city's languages by their codes, the default first: [\"en\", \"cy\"]");
        return [];
    }

    private static CityProofs ProofChoice(JsonPart part)
    {
        if (part.Texts("proofs", 20) is not { Count: > 0 } names)
        {
            return CityProofs.Default;
        }

        if (CityProofs.Of(names) is { } proofs)
        {
            return proofs;
        }

        part.Report(
            "proofs",
            $"must name one JWT ({string.Join(" or ", CityProofs.JwtNames)}), one embedded proof " +
            $"({string.Join(" or ", CityProofs.EmbeddedNames)}), or one of each, the one to be baked into pictures first");
        return CityProofs.Default;
    }

    private static IssuerScheme Scheme(JsonPart part)
    {
        var name = part.OptionalText("identifier", 20);
        if (name is null or "https" or "did:web")
        {
            return name == "did:web" ? IssuerScheme.DidWeb : IssuerScheme.Https;
        }

        part.Report("identifier", "must be how the city names itself in its badges: https (by its address here) or did:web");
        return IssuerScheme.Https;
    }

    private static MailSender ReadSender(JsonPart part)
    {
        var address = Address(part, "address", required: true) ?? "";
        var more = part.Texts("more", 254).Select(EmailAddress.Normalize).ToArray();
        if (more.Length > MaxMoreMailboxes || more.Contains(null) || more.Append(address).Distinct().Count() <= more.Length)
        {
            part.Report(
                "more",
                $"must list at most {MaxMoreMailboxes} further mailboxes by their addresses, each once: [\"badges2@plymouth.example\"]");
        }

        return new(address, part.Localized("name", 100)) { More = [.. more.OfType<string>()] };
    }

    private static string? Address(JsonPart part, string name, bool required)
    {
        var text = part.OptionalText(name, 254, required);
        var address = EmailAddress.Normalize(text);
        if (text is not null && address is null)
        {
            part.Report(name, "must be an email address, such as badges@plymouth.example");
        }

        return address;
    }
}
