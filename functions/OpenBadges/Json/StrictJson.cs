using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;

namespace CitiesOfLearning.OpenBadges.Json;

/// <summary>
/// JSON from outside, read so that every reader sees the same thing (RFC 8259 as narrowed by I-JSON, RFC 7493
/// https://www.rfc-editor.org/rfc/rfc7493): UTF-8 without a byte order mark, no name twice in an object, no lone surrogate, no NUL,
/// no number that a double cannot hold, no deeper than 64.
/// </summary>
public static class StrictJson
{
    /// <summary>Objects and arrays inside each other.</summary>
    public const int MaxDepth = 64;

    /// <summary>10 MiB: what is taken at most, unless somebody says otherwise.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    /// <summary>For text that is known to be sound UTF-8.</summary>
    public static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>False with the first problem if the bytes are not acceptable.</summary>
    /// <param name="utf8">Bytes that anybody may have written.</param>
    /// <param name="value">The JSON, if there is no problem.</param>
    /// <param name="problem">The first problem, if there is one.</param>
    /// <param name="maxBytes">How many are taken.</param>
    public static bool TryParse(
        ReadOnlyMemory<byte> utf8, out JsonElement value, [NotNullWhen(false)] out JsonProblem? problem, int maxBytes = MaxBytes)
    {
        value = default;
        problem = ProblemIn(utf8.Span, maxBytes);
        if (problem is not null)
        {
            return false;
        }

        using var document = JsonDocument.Parse(utf8, Options);
        value = document.RootElement.Clone();
        return true;
    }

    private static JsonProblem? ProblemIn(ReadOnlySpan<byte> utf8, int maxBytes)
    {
        if (utf8.Length > maxBytes)
        {
            return new JsonProblem("$", maxBytes, $"is longer than {maxBytes} bytes");
        }

        if (utf8.StartsWith("\uFEFF"u8))
        {
            return new JsonProblem("$", 0, "begins with a byte order mark");
        }

        if (!Utf8.IsValid(utf8))
        {
            return new JsonProblem("$", FirstInvalid(utf8), "is not UTF-8");
        }

        var walk = new StrictJsonWalk();
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth + 1 });
        try
        {
            while (reader.Read())
            {
                if (walk.ProblemAt(ref reader) is { } reason)
                {
                    return new JsonProblem(walk.Path, reader.TokenStartIndex, reason);
                }
            }

            return null;
        }
        catch (JsonException)
        {
            return new JsonProblem(walk.Path, reader.BytesConsumed, "is not well-formed JSON");
        }
    }

    private static int FirstInvalid(ReadOnlySpan<byte> utf8)
    {
        var at = 0;
        while (System.Text.Rune.DecodeFromUtf8(utf8[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }
}

/// <summary>Where JSON is wrong, and how.</summary>
/// <param name="Path">JSON path, such as <c>$.issuer.name</c>.</param>
/// <param name="Offset">Bytes from the beginning.</param>
/// <param name="Reason">In plain English, to follow the path.</param>
public sealed record JsonProblem(string Path, long Offset, string Reason)
{
    /// <summary>A sentence for whoever wrote the JSON.</summary>
    public override string ToString() => $"{Path} {Reason} (byte {Offset}).";
}
