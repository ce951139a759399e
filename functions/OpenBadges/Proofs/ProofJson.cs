using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace CitiesOfLearning.OpenBadges.Proofs;

/// <summary>Objects with a member taken away or put in; everything else stays byte for byte as it was written.</summary>
internal static class ProofJson
{
    public static JsonElement Without(JsonElement source, params ReadOnlySpan<string> names)
    {
        var utf8 = Open(source, names);
        return Close(utf8);
    }

    /// <param name="value">JSON.</param>
    public static JsonElement With(JsonElement source, string name, ReadOnlySpan<byte> value, params ReadOnlySpan<string> without)
    {
        var utf8 = Open(source, [name, .. without]);
        Name(utf8, Encoding.UTF8.GetBytes(JsonEncodedText.Encode(name).ToString()));
        utf8.Write(value);
        return Close(utf8);
    }

    public static JsonElement With(JsonElement source, string name, JsonElement value, params ReadOnlySpan<string> without) =>
        With(source, name, Raw(value), without);

    public static JsonElement With(JsonElement source, string name, string value, params ReadOnlySpan<string> without) =>
        With(source, name, JsonSerializer.SerializeToUtf8Bytes(value), without);

    public static ReadOnlySpan<byte> Raw(JsonElement value) => JsonMarshal.GetRawUtf8Value(value);

    private static ArrayBufferWriter<byte> Open(JsonElement source, ReadOnlySpan<string> without)
    {
        var utf8 = new ArrayBufferWriter<byte>(Raw(source).Length + 256);
        utf8.Write("{"u8);
        foreach (var member in source.EnumerateObject())
        {
            if (!IsOneOf(member, without))
            {
                Name(utf8, JsonMarshal.GetRawUtf8PropertyName(member));
                utf8.Write(Raw(member.Value));
            }
        }

        return utf8;
    }

    private static void Name(ArrayBufferWriter<byte> utf8, ReadOnlySpan<byte> escaped)
    {
        utf8.Write(utf8.WrittenCount == 1 ? "\""u8 : ",\""u8);
        utf8.Write(escaped);
        utf8.Write("\":"u8);
    }

    private static JsonElement Close(ArrayBufferWriter<byte> utf8)
    {
        utf8.Write("}"u8);
        return JsonElement.Parse(utf8.WrittenSpan);
    }

    private static bool IsOneOf(JsonProperty member, ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (member.NameEquals(name))
            {
                return true;
            }
        }

        return false;
    }
}
