using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace CitiesOfLearning.Hub.Publishing;

/// <summary>A document that anyone may fetch.</summary>
/// <param name="ETag">Strong, with its quotes (RFC 9110, 8.8.3).</param>
/// <param name="MaxAge">How long a reader may keep it without asking again.</param>
public sealed record PublicDocument(ReadOnlyMemory<byte> Body, string MediaType, string ETag, TimeSpan MaxAge)
{
    /// <summary>For what never changes once published.</summary>
    public static readonly TimeSpan Forever = TimeSpan.FromDays(365);

    /// <summary>For what a city may change: short enough that a mistake is soon mended.</summary>
    public static readonly TimeSpan Short = TimeSpan.FromMinutes(5);

    // Welsh stays readable; what HTML would act on stays escaped.
    internal static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private static readonly JsonWriterOptions Indented = Compact with { Indented = true, NewLine = "\n" };

    public static PublicDocument Of(ReadOnlyMemory<byte> body, string mediaType, TimeSpan maxAge) =>
        new(body, mediaType, $"\"{Convert.ToHexStringLower(SHA256.HashData(body.Span).AsSpan(0, 16))}\"", maxAge);

    /// <summary>Writes one JSON object.</summary>
    internal static PublicDocument Json(string mediaType, TimeSpan maxAge, Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return Of(buffer.ToArray(), mediaType, maxAge);
    }
}
