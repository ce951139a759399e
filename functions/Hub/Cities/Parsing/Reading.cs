using System.Text.Json;
using System.Text.RegularExpressions;

namespace CitiesOfLearning.Hub.Cities.Parsing;

/// <summary>What every part of the parser shares: the files, the languages once they are known, and the errors so far.</summary>
internal sealed partial class Reading(CityFiles files)
{
    private const int JsonBytes = 1024 * 1024;

    public CityFiles Files { get; } = files;

    public List<CityError> Errors { get; } = [];

    public List<CityError> Warnings { get; } = [];

    /// <summary>The city's, default first; empty while they are unknown, so that one mistake there is not reported in every text.</summary>
    public IReadOnlyList<string> Languages { get; set; } = [];

    [GeneratedRegex("^[a-z0-9-]{1,40}$")]
    private static partial Regex IdPattern { get; }

    public static bool IsId(string text) => IdPattern.IsMatch(text);

    public void Report(string file, string path, string message) => Errors.Add(new(file, path, message));

    /// <summary>What is most likely a mistake, and harmless to everybody else.</summary>
    public void Warn(string file, string path, string message) => Warnings.Add(new(file, path, message));

    /// <summary>Reads a file that holds one JSON object. <paramref name="read"/> is not called when it cannot be read at all.</summary>
    public void Object(string file, Action<JsonPart> read)
    {
        if (!Files.ByPath.TryGetValue(file, out var bytes))
        {
            Report(file, "", "is missing");
            return;
        }

        if (bytes.Length > JsonBytes)
        {
            Report(file, "", "is larger than 1 MiB");
            return;
        }

        try
        {
            using var document = JsonDocument.Parse(WithoutMark(bytes), new JsonDocumentOptions { MaxDepth = 64 });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                Report(file, "$", "must be an object: { … }");
                return;
            }

            var part = new JsonPart(this, file, "$", document.RootElement);
            part.Skip("$schema");
            read(part);
            part.RefuseOthers();
        }
        catch (JsonException e)
        {
            Report(
                file,
                $"line {e.LineNumber + 1}",
                "is not valid JSON; look for a missing comma, quote or bracket (and no more than 64 levels deep)");
        }
        catch (InvalidOperationException)
        {
            // GetString and Name throw this for what JSON's grammar allows and Unicode does not (RFC 8259, 8.2: lone surrogates).
            Report(file, "", "contains text that is not valid Unicode; save it as UTF-8");
        }
    }

    private static ReadOnlyMemory<byte> WithoutMark(byte[] bytes) => bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes.AsMemory(3) : bytes;
}
