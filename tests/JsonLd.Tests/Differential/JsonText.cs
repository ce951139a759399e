using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsCheck;

namespace CitiesOfLearning.JsonLd.Tests.Differential;

/// <summary>Generators of JSON, as text: how a number or a string is written is part of what is tested.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Every class of character that N-Quads or JSON treats in a way of its own. U+E000 to U+FFFF are left out: rdf-canonize sorts them
    // after what stands in two UTF-16 units, RDFC-1.0 before it.
    private static readonly string[] Odd =
    [
        "\0", "\u0001", "\b", "\t", "\n", "\u000b", "\f", "\r", "\u001f", "\"", "\\", "\u007f", "\u0085", "\u00a0", "\u00e9", "e\u0301",
        "\u00df", "\u0130", "\u05d0", "\u0627", "\u200d", "\u200f", "\u2028", "\ud7ff", "\U00010000", "\U0001f393",
        "\U0010ffff", "_:c14n0", "^^", "@en", "<a>", "${x}",
    ];

    public static Gen<string> Words { get; } =
        Gen.OneOf("Ada", "Sgiliau digidol", "lab", "2", "Level 2", "true", "", "Working alone and with others");

    public static Gen<string> AnyText { get; } =
        Gen.Frequency((3, Words), (1, Gen.OneOf(Odd).Array[1, 6].Select(string.Concat)), (1, Gen.String[Gen.Char[' ', '~'], 0, 20]));

    /// <summary>A string, plainly or with everything escaped that may be.</summary>
    public static Gen<string> String(Gen<string> text) =>
        Gen.Select(text, Gen.Bool, (value, escaped) => JsonSerializer.Serialize(value, escaped ? JsonSerializerOptions.Default : Relaxed));

    /// <summary>
    /// Numbers in many spellings. jsonld.js takes what ECMAScript writes with an exponent and without a point, such as 1e-7, for an
    /// integer, zero: these are left out, and so are numbers that no double holds.
    /// </summary>
    public static Gen<string> Number { get; } = Gen.OneOf(
        Gen.OneOf(
            "0", "-0", "1", "1.0", "-1.50", "1E2", "1e+2", "100e-2", "0.1", "1e20", "-1e21", "1E21",
            "123456789012345678901", "9007199254740993"),
        Gen.OneOf(
            "1.7976931348623157e308", "2.2250738585072014e-308", "1125899906842624.2", "-2251799813685249.5",
            "0.000001", "33333333333333.335", "1e300"),
        Gen.Int.Select(i => i.ToString(CultureInfo.InvariantCulture)),
        Gen.Long.Select(i => i.ToString(CultureInfo.InvariantCulture)),
        Gen.Double.Where(double.IsFinite).Select(d => d.ToString("R", CultureInfo.InvariantCulture)).Where(IsDoubleOrIntegerToEverybody));

    /// <summary>An object with its names in any order.</summary>
    public static Gen<string> Object(params (string Name, Gen<string> Value)[] members) =>
        ObjectOf([.. members.Select(m => Always(m.Name, m.Value))]);

    /// <summary>One of several forms for each member; an empty text leaves it out.</summary>
    public static Gen<string> ObjectOf(params Gen<string>[] members) =>
        members
            .Aggregate(
                Gen.Const(Array.Empty<string>()),
                (all, member) => Gen.Select(all, member, (a, m) => m.Length == 0 ? a : [.. a, m]))
            .SelectMany(all => Gen.Shuffle(all)).Select(all => $"{{{string.Join(',', all)}}}");

    public static Gen<string> Sometimes(string name, Gen<string> value) => Gen.Frequency((1, Gen.Const("")), (1, Always(name, value)));

    public static Gen<string> Seldom(string name, Gen<string> value) => Gen.Frequency((9, Gen.Const("")), (1, Always(name, value)));

    public static Gen<string> Always(string name, Gen<string> value) => value.Select(v => Member(name, v));

    public static Gen<string> Always(string name, string json) => Gen.Const(Member(name, json));

    public static Gen<string> ArrayOf(Gen<string> item, int least = 0, int most = 3) =>
        item.Array[least, most].Select(items => $"[{string.Join(',', items)}]");

    /// <summary>One, or a list of some.</summary>
    public static Gen<string> OneOrMore(Gen<string> item) => Gen.Frequency((1, item), (1, ArrayOf(item, 1)));

    /// <summary>Any JSON, for JSON literals.</summary>
    public static Gen<string> Anything { get; } = Nested(3);

    private static Gen<string> Nested(int depth)
    {
        var scalar = Gen.OneOf(String(AnyText), Number, Gen.OneOf("true", "false", "null"));
        if (depth == 0)
        {
            return scalar;
        }

        var inside = Nested(depth - 1);
        var names = Gen.OneOf(Odd).HashSet[0, 4].Select(set => set.ToArray());
        var members = Gen.Select(names, inside.Array[4], (n, v) => $"{{{string.Join(',', n.Select((name, i) => Member(name, v[i])))}}}");
        return Gen.OneOf(scalar, ArrayOf(inside), members);
    }

    private static string Member(string name, string value) => $"{JsonSerializer.Serialize(name)}:{value}";

    private static bool IsDoubleOrIntegerToEverybody(string number) => number.Contains('.') || !number.Contains('E');
}
