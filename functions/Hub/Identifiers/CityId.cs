using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace CitiesOfLearning.Hub.Identifiers;

/// <summary>What a city is called in addresses, keys and rows: 1 to 40 lower-case letters, digits and hyphens.</summary>
[JsonConverter(typeof(Converter))]
public readonly partial record struct CityId
{
    private readonly string? _text;

    private CityId(string text) => _text = text;

    public static bool TryParse([NotNullWhen(true)] string? text, out CityId id)
    {
        id = text is not null && Pattern.IsMatch(text) ? new(text) : default;
        return id._text is not null;
    }

    /// <exception cref="FormatException">The text cannot be a city's id.</exception>
    public static CityId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"\"{text}\" is not a city's id.");

    public override string ToString() => _text ?? "";

    [GeneratedRegex(@"^[a-z0-9-]{1,40}\z")]
    private static partial Regex Pattern { get; }

    private sealed class Converter : JsonConverter<CityId>
    {
        public override CityId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryParse(reader.GetString(), out var id) ? id : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, CityId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
