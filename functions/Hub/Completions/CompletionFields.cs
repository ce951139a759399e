using System.Globalization;
using System.Text.Json;
using CitiesOfLearning.Hub.Senders;

namespace CitiesOfLearning.Hub.Completions;

/// <summary>Takes fields out of an event and remembers the first thing that is wrong with them.</summary>
internal sealed class CompletionFields(JmesDocument document)
{
    private const int MaxCharacters = 500;
    private const long FirstSecondOfYear10000 = 253_402_300_800;

    // Nothing was completed before there were webhooks.
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // RFC 3339, section 5.6; "zzz" alone would take an offset without its colon.
    private static readonly string[] Rfc3339 = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK"];

    /// <summary>What is wrong, in words for a steward without personal data, or null.</summary>
    public string? Reason { get; private set; }

    public void Check(bool fine, string reason)
    {
        if (!fine)
        {
            Reason ??= reason;
        }
    }

    public string Required(JmesQuery query, string what)
    {
        var text = Optional(query, what);
        Check(!string.IsNullOrEmpty(text), $"{what} is missing");
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
        Check(text is not null || found.ValueKind == JsonValueKind.Undefined, $"{what} is not text");
        Check(text is null || text.Length <= MaxCharacters, $"{what} is longer than {MaxCharacters} characters");
        Check(text is null || !text.Any(char.IsControl), $"{what} contains a control character");
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
        Check(at is not null, "the time is missing or cannot be read");
        Check(at is null || at >= Earliest, "the time lies before the year 2000");
        Check(at is null || at <= receivedAt.AddDays(1), "the time lies in the future");
        return at ?? default;
    }

    public IReadOnlyList<Evidence> Evidence(JmesQuery? query)
    {
        var evidence = query is null ? [] : EvidenceList.Read(query.Find(document));
        Check(evidence is not null, "the evidence is not a list of https addresses and descriptions");
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
        Check(score is >= 0 and <= 1, "the score is not a number from 0 to 1");
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
