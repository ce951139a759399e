using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace CitiesOfLearning.JsonLd.Jcs;

/// <summary>
/// JSON Canonicalization Scheme, RFC 8785 (https://www.rfc-editor.org/rfc/rfc8785): no white space, names sorted by UTF-16 code units,
/// strings and numbers as ECMAScript writes them. The input is I-JSON (RFC 7493) or refused: no name twice, no half of a surrogate pair,
/// no number that a double cannot hold.
/// </summary>
public static class JsonCanonicalizer
{
    /// <summary>Objects and arrays inside each other.</summary>
    public const int MaxDepth = 64;

    /// <summary>Canonicalizes a JSON text.</summary>
    /// <param name="utf8">One JSON value, with white space around it or without.</param>
    /// <returns>UTF-8.</returns>
    /// <exception cref="JsonException">The text is not JSON, is no I-JSON, or is nested deeper than <see cref="MaxDepth"/>.</exception>
    public static byte[] Canonicalize(ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = MaxDepth });
        return Canonicalize(document.RootElement);
    }

    /// <summary>Canonicalizes a value, or a part of a document.</summary>
    /// <param name="value">Numbers and strings are taken from its text, as they were written.</param>
    /// <returns>UTF-8.</returns>
    /// <exception cref="JsonException">The value is no I-JSON, or is nested deeper than <see cref="MaxDepth"/>.</exception>
    public static byte[] Canonicalize(JsonElement value)
    {
        if (!Utf8.IsValid(JsonMarshal.GetRawUtf8Value(value)))
        {
            throw new JsonException("The text is not UTF-8.");
        }

        using var utf8 = new Utf8Buffer();
        Append(utf8, value, MaxDepth);
        return utf8.Written.ToArray();
    }

    private static void Append(Utf8Buffer utf8, JsonElement value, int depth)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object or JsonValueKind.Array when depth == 0:
                throw new JsonException($"The value is nested deeper than {MaxDepth}.");
            case JsonValueKind.Object:
                AppendObject(utf8, value, depth - 1);
                break;
            case JsonValueKind.Array:
                AppendArray(utf8, value, depth - 1);
                break;
            case JsonValueKind.String:
                CanonicalString.Append(utf8, value);
                break;
            case JsonValueKind.Number:
                CanonicalNumber.Append(utf8, JsonMarshal.GetRawUtf8Value(value));
                break;
            default:
                utf8.Append(JsonMarshal.GetRawUtf8Value(value));
                break;
        }
    }

    private static void AppendArray(Utf8Buffer utf8, JsonElement array, int depth)
    {
        utf8.Append((byte)'[');
        var isFirst = true;
        foreach (var item in array.EnumerateArray())
        {
            if (!isFirst)
            {
                utf8.Append((byte)',');
            }

            isFirst = false;
            Append(utf8, item, depth);
        }

        utf8.Append((byte)']');
    }

    /// <summary>3.2.3. Sorting of Object Properties.</summary>
    private static void AppendObject(Utf8Buffer utf8, JsonElement value, int depth)
    {
        utf8.Append((byte)'{');
        var members = ArrayPool<Member>.Shared.Rent(value.GetPropertyCount());
        try
        {
            var count = 0;
            foreach (var property in value.EnumerateObject())
            {
                members[count++] = new Member(property);
            }

            members.AsSpan(0, count).Sort();
            for (var i = 0; i < count; i++)
            {
                if (i > 0)
                {
                    if (members[i].Name.SequenceEqual(members[i - 1].Name))
                    {
                        throw new JsonException("A name stands twice in the same object.");
                    }

                    utf8.Append((byte)',');
                }

                members[i].AppendName(utf8);
                utf8.Append((byte)':');
                Append(utf8, members[i].Value, depth);
            }
        }
        finally
        {
            ArrayPool<Member>.Shared.Return(members, clearArray: true);
        }

        utf8.Append((byte)'}');
    }

    private readonly struct Member(JsonProperty property) : IComparable<Member>
    {
        private readonly JsonProperty _property = property;

        /// <summary>Where the text of the document has escapes.</summary>
        private readonly byte[]? _unescaped = CanonicalString.Unescape(property);

        public JsonElement Value => _property.Value;

        public ReadOnlySpan<byte> Name => _unescaped is null ? JsonMarshal.GetRawUtf8PropertyName(_property) : _unescaped;

        public int CompareTo(Member other) => CanonicalString.CompareUtf16(Name, other.Name);

        public void AppendName(Utf8Buffer utf8)
        {
            if (_unescaped is null)
            {
                utf8.Append((byte)'"');
                utf8.Append(Name);
                utf8.Append((byte)'"');
            }
            else
            {
                CanonicalString.Append(utf8, _property.Name);
            }
        }
    }
}
