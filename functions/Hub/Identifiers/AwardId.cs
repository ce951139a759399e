using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CitiesOfLearning.Hub.Identifiers;

/// <summary>
/// What an award is called everywhere: 26 characters of Crockford base32. Its credential is <c>{PublicUrl}/badges/{AwardId}</c>.
/// <see cref="HubIds"/> derives it.
/// </summary>
[JsonConverter(typeof(Converter))]
public readonly record struct AwardId
{
    public const int Length = 26;

    private readonly string? _text;

    private AwardId(string text) => _text = text;

    public static bool TryParse([NotNullWhen(true)] string? text, out AwardId id)
    {
        id = text is { Length: Length } && Crockford.Is(text) ? new(text) : default;
        return id._text is not null;
    }

    /// <exception cref="FormatException">The text cannot be an award's id.</exception>
    public static AwardId Parse(string text) => TryParse(text, out var id) ? id : throw new FormatException("That is not an award's id.");

    public override string ToString() => _text ?? "";

    private sealed class Converter : JsonConverter<AwardId>
    {
        public override AwardId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryParse(reader.GetString(), out var id) ? id : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, AwardId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
