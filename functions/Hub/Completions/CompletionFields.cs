using System.Globalization;
using System.Text.Json;
using CitiesOfLearning.Hub.Senders;
using CitiesOfLearning.Hub.Texts;

namespace CitiesOfLearning.Hub.Completions;

/// <summary>Takes fields out of an event and remembers the first thing that is wrong with them.</summary>
internal sealed class CompletionFields(JmesDocument document)
{
    private const int MaxCharacters = 500;
    private static readonly string MaxText = MaxCharacters.ToString(CultureInfo.InvariantCulture);
    private const long FirstSecondOfYear10000 = 253_402_300_800;

    // Nothing was completed before there were webhooks.
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // RFC 3339, section 5.6; "zzz" alone would take an offset without its colon.
    private static readonly string[] Rfc3339 = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK"];

    /// <summary>What is wrong, for a steward and without personal data, or null.</summary>
    public TextKey? Reason { get; private set; }

    public void Check(bool fine, TextKey reason)
    {
        if (!fine)
        {
            Reason ??= reason;
        }
    }

    /// <param name="what">The field, as <see cref="CompletionJson"/> names it.</param>
    public string Required(JmesQuery query, string what)
    {
        var text = Optional(query, what);
        Check(!string.IsNullOrEmpty(text), new TextKey("Reason.missing", what));
        return text ?? "";
    }

    /// <summary>Text or a number, one line, as it is: a name that begins with = is a name.</summary>
    public string? Optional(JmesQuery? query, string what)
    {
        var found = query?.Find(document) ?? default;
        var text = found.ValueKind switch
        {
            JsonValueKind.String => found.GetString(),
            JsonValueKind.Number => found.GetRawText(),
            _ => null,
        };
        Check(text is not null || found.ValueKind == JsonValueKind.Undefined, new TextKey("Reason.notText", what));
        Check(text is null || text.Length <= MaxCharacters, new TextKey("Reason.tooLong", what, MaxText));
        Check(text is null || !text.Any(char.IsControl), new TextKey("Reason.control", what));
        return string.IsNullOrEmpty(text) ? null : text;
    }

    public DateTimeOffset Time(ProfileTime time, DateTimeOffset receivedAt)
    {
        var found = time.Value.Find(document);
        var at = time.Format switch
        {
            ProfileTimeFormat.UnixSeconds => FromUnix(found),
            ProfileTimeFormat.Rfc3339 => FromText(found),
            _ => throw new InvalidOperationException($"No such time format: {time.Format}."),
        };
        Check(at is not null, new TextKey("Reason.time"));
        Check(at is null || at >= Earliest, new TextKey("Reason.timeTooOld"));
        Check(at is null || at <= receivedAt.AddDays(1), new TextKey("Reason.timeAhead"));
        return at ?? default;
    }

    public IReadOnlyList<Evidence> Evidence(JmesQuery? query)
    {
        var evidence = query is null ? [] : EvidenceList.Read(query.Find(document));
        Check(evidence is not null, new TextKey("Reason.evidence"));
        return evidence ?? [];
    }

    public double? Score(JmesQuery? query)
    {
        var found = query?.Find(document) ?? default;
        if (found.ValueKind == JsonValueKind.Undefined)
        {
            return null;
        }

        var score = found.ValueKind == JsonValueKind.Number ? found.GetDouble() : -1;
        Check(score is >= 0 and <= 1, new TextKey("Reason.score"));
        return score;
    }

    // Some Moodles write numbers as text.
    private static DateTimeOffset? FromUnix(JsonElement found)
    {
        var text = found.ValueKind == JsonValueKind.String
            ? found.GetString()
            : found.ValueKind == JsonValueKind.Number ? found.GetRawText() : null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds is > 0 and < FirstSecondOfYear10000
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
    }

    private static DateTimeOffset? FromText(JsonElement found) =>
        found.ValueKind == JsonValueKind.String
        && found.GetString() is { Length: <= 40 } text
        && (text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':'))
        && DateTimeOffset.TryParseExact(text, Rfc3339, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            ? at
            : null;
}
