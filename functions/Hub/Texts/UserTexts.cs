using System.Globalization;
using System.Resources;

namespace CitiesOfLearning.Hub.Texts;

/// <summary>Every sentence that people read in pages and messages, from UserTexts.resx (English) and UserTexts.cy.resx (Welsh).</summary>
public sealed class UserTexts
{
    private static readonly ResourceManager Resources = new("CitiesOfLearning.Hub.Texts.UserTexts", typeof(UserTexts).Assembly);

    private readonly CultureInfo _culture;

    private UserTexts(string language)
    {
        Language = language;
        _culture = CultureInfo.GetCultureInfo(language == "cy" ? "cy-GB" : "en-GB");
    }

    public static UserTexts English { get; } = new("en");

    public static UserTexts Welsh { get; } = new("cy");

    /// <summary>BCP 47: en or cy.</summary>
    public string Language { get; }

    public CultureInfo Culture => _culture;

    /// <summary>The language's texts; null for a language the hub does not speak.</summary>
    public static UserTexts? Of(string? language) => LanguageTag.Lookup(language, [English.Language, Welsh.Language]) switch
    {
        "en" => English,
        "cy" => Welsh,
        _ => null,
    };

    /// <summary>The language's texts; English for a language the hub does not speak.</summary>
    public static UserTexts In(string? language) => Of(language) ?? English;

    /// <summary>A sentence with its gaps filled. A missing sentence is a defect, never shown to people as a blank.</summary>
    public string this[string key, params ReadOnlySpan<object?> arguments]
    {
        get
        {
            var sentence = Resources.GetString(key, _culture) ?? throw new KeyNotFoundException($"No sentence is called '{key}'.");
            return arguments.IsEmpty ? sentence : string.Format(_culture, sentence, arguments);
        }
    }

    /// <summary>
    /// A sentence named elsewhere, such as in a report. Arguments that are days or moments in ISO 8601 are written as people write days: a
    /// moment's is the day that it says itself, by its own offset.
    /// </summary>
    public string Format(string key, IReadOnlyList<string> arguments) => this[key, [.. arguments.Select(Readable)]];

    /// <summary>The sentence of that name, or null if there is none: for names that come from data.</summary>
    public string? Find(string key) => Resources.GetString(key, _culture);

    /// <summary>A day as people write it: 23 November 2026. Which day a moment was, its city says.</summary>
    public string Day(DateOnly day) => day.ToString("d MMMM yyyy", _culture);

    /// <summary>A moment as people write it, in UTC and saying so: 23 November 2026, 22:38 UTC.</summary>
    public string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString("d MMMM yyyy, HH:mm", _culture) + " UTC";

    private object? Readable(string argument) =>
        argument.Length >= 10 && DateTimeOffset.TryParseExact(
            argument,
            ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "O"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var moment)
            ? Day(DateOnly.FromDateTime(moment.DateTime))
            : argument;
}
