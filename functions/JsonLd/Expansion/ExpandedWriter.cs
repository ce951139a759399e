using System.Text.Json;

namespace CitiesOfLearning.JsonLd.Expansion;

/// <summary>Writes the expanded form as JSON (https://www.w3.org/TR/json-ld11/#expanded-document-form).</summary>
internal static class ExpandedWriter
{
    public static void Write(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case string text:
                writer.WriteStringValue(text);
                break;
            case JsonElement element:
                element.WriteTo(writer);
                break;
            case List<object> list:
                writer.WriteStartArray();
                foreach (var item in list)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case ExpandedObject expanded:
                writer.WriteStartObject();
                foreach (var (key, entry) in expanded.Entries)
                {
                    writer.WritePropertyName(key);
                    Write(writer, entry);
                }

                writer.WriteEndObject();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}
