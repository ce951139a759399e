using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace CitiesOfLearning.JsonLd;

/// <summary>Where in the document the processor is. Written out only when there is an error to tell.</summary>
internal sealed class JsonPath
{
    private readonly List<(string? Name, int Index)> _steps = [];

    /// <summary>The path from the document to a part of it.</summary>
    public static JsonPath To(JsonElement part, JsonElement document)
    {
        var path = new JsonPath();
        path.Descend(part, document);
        return path;
    }

    public void Push(string name) => _steps.Add((name, 0));

    public void Push(int index) => _steps.Add((null, index));

    public void Pop() => _steps.RemoveAt(_steps.Count - 1);

    public JsonLdException Error(string code, string? detail = null) => new(code, ToString(), detail);

    private void Descend(JsonElement part, JsonElement from)
    {
        switch (from.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var entry in from.EnumerateObject())
                {
                    if (Holds(entry.Value, part))
                    {
                        Push(entry.Name);
                        Descend(part, entry.Value);
                    }
                }

                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in from.EnumerateArray().Index())
                {
                    if (Holds(item, part))
                    {
                        Push(index);
                        Descend(part, item);
                    }
                }

                break;
        }
    }

    // Both are views of the document's text.
    private static bool Holds(JsonElement whole, JsonElement part) =>
        JsonMarshal.GetRawUtf8Value(whole).Overlaps(JsonMarshal.GetRawUtf8Value(part), out var offset) && offset >= 0;

    /// <summary>RFC 6901, 3.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, index) in _steps)
        {
            text.Append('/');
            _ = name is null
                ? text.Append(index.ToString(CultureInfo.InvariantCulture))
                : text.Append(name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
        }

        return text.ToString();
    }
}
