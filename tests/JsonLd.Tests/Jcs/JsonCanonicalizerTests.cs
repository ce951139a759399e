using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CitiesOfLearning.JsonLd.Jcs;
using CsCheck;

namespace CitiesOfLearning.JsonLd.Tests.Jcs;

public sealed class JsonCanonicalizerTests
{
    [Theory]
    [InlineData(""" [ 1 , true,false , null, "a", { } ,[ ] ] """, """[1,true,false,null,"a",{},[]]""")]
    [InlineData("""{ "b": {"d": 1, "c": [2, 1]}, "a": "" }""", """{"a":"","b":{"c":[2,1],"d":1}}""")]
    [InlineData("""{"a":1,"A":2,"":3,"aa":4,"10":5,"9":6}""", """{"":3,"10":5,"9":6,"A":2,"a":1,"aa":4}""")]
    public void White_space_goes_and_names_are_sorted(string json, string canonical) => Assert.Equal(canonical, Canonicalize(json));

    [Fact]
    public void Names_are_in_the_order_of_UTF_16_and_not_of_code_points()
    {
        // A surrogate, D83D, comes before U+E000, though U+1F600 is the greater code point.
        string[] ordered = ["z", "\u00e9", "\ud7ff", "\U0001f600", "\U0001f601", "\ue000", "\uff5e"];

        var canonical = Canonicalize($"{{{string.Join(',', ordered.Reverse().Select(n => $"\"{n}\":0"))}}}");

        Assert.Equal($"{{{string.Join(',', ordered.Select(n => $"\"{n}\":0"))}}}", canonical);
    }

    [Fact]
    public void Names_are_sorted_by_what_their_escapes_mean() =>
        Assert.Equal("""{"a":1,"b":2,"c\"":3,"é":4}""", Canonicalize("""{"\u00e9":4,"c\"":3,"\u0061":1,"b":2}"""));

    [Theory]
    [InlineData("""\u0041\/\u00e9\ud83d\ude00""", "A/é😀")]
    [InlineData("""\u0000\u0008\u0009\u000a\u000b\u000c\u000d\u001F\u0022\u005C""", """\u0000\b\t\n\u000b\f\r\u001f\"\\""")]
    [InlineData("\u007f\u0080\u2028<>&'", "\u007f\u0080\u2028<>&'")]
    public void A_string_escapes_what_it_must_and_nothing_else(string json, string canonical) =>
        Assert.Equal($"{{\"{canonical}\":\"{canonical}\"}}", Canonicalize($"{{\"{json}\":\"{json}\"}}"));

    [Theory]
    [InlineData("""{"a":1,"a":1}""")]
    [InlineData("""{"a":1,"b":2,"\u0061":3}""")]
    [InlineData("""{"x":[{"é":1,"\u00e9":1}]}""")]
    public void A_name_that_stands_twice_is_refused(string json) => Assert.Throws<JsonException>(() => Canonicalize(json));

    [Theory]
    [InlineData("""["\ud83d"]""")]
    [InlineData("""["\ude00\ud83d"]""")]
    [InlineData("""{"\ud83d":1}""")]
    public void Half_of_a_surrogate_pair_is_refused(string json) => Assert.Throws<JsonException>(() => Canonicalize(json));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("[1,]")]
    [InlineData("// a\n1")]
    [InlineData("01")]
    [InlineData("NaN")]
    [InlineData("'a'")]
    public void What_is_not_JSON_is_refused(string json) => Assert.ThrowsAny<JsonException>(() => Canonicalize(json));

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_refused()
    {
        Assert.ThrowsAny<JsonException>(() => JsonCanonicalizer.Canonicalize(new byte[] { (byte)'"', 0xff, (byte)'"' }));
        Assert.ThrowsAny<JsonException>(() => JsonCanonicalizer.Canonicalize(new byte[] { (byte)'"', 0xed, 0xa0, 0x80, (byte)'"' }));
    }

    [Fact]
    public void A_value_has_a_greatest_depth()
    {
        var deepest = new string('[', JsonCanonicalizer.MaxDepth) + new string(']', JsonCanonicalizer.MaxDepth);
        using var deeper = JsonDocument.Parse($"[{deepest}]", new JsonDocumentOptions { MaxDepth = 100 });

        Assert.Equal(deepest, Canonicalize(deepest));
        Assert.ThrowsAny<JsonException>(() => Canonicalize($"[{deepest}]"));
        Assert.ThrowsAny<JsonException>(() => JsonCanonicalizer.Canonicalize(deeper.RootElement));
    }

    [Fact]
    public void A_part_of_a_document_is_canonicalized_alone()
    {
        using var document = JsonDocument.Parse("""{"a": {"c": 1.0, "b": [ ]}, "d": "\u0041"}""");

        Assert.Equal("""{"b":[],"c":1}"""u8, JsonCanonicalizer.Canonicalize(document.RootElement.GetProperty("a")));
        Assert.Equal("\"A\""u8, JsonCanonicalizer.Canonicalize(document.RootElement.GetProperty("d")));
    }

    [Fact]
    public void The_order_of_names_and_the_way_of_writing_change_nothing_and_all_else_stays()
    {
        var text = Gen.String.Where(IsText);
        var otherWay = new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        Gen.Dictionary(text, Gen.OneOf(Gen.Int.Select(i => (object)i), text.Select(s => (object)s)))[0, 8].Sample(
            members =>
            {
                var one = JsonCanonicalizer.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(members));
                var other = JsonCanonicalizer.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(members.Reverse().ToDictionary(), otherWay));
                var names = JsonDocument.Parse(one).RootElement.EnumerateObject().Select(p => p.Name);
                return one.AsSpan().SequenceEqual(other)
                    && JsonCanonicalizer.Canonicalize(one).AsSpan().SequenceEqual(one)
                    && JsonElement.DeepEquals(JsonDocument.Parse(one).RootElement, JsonSerializer.SerializeToElement(members))
                    && names.SequenceEqual(members.Keys.Order(StringComparer.Ordinal));
            },
            iter: 1000);
    }

    [Fact]
    public void Whatever_the_bytes_they_are_canonicalized_or_refused()
    {
        Gen.Byte.Array.Sample(IsDoneOrRefused, iter: 2000);
        Gen.OneOf("{", "}", "[", "]", "\"a\"", "\"", ":", ",", "1", "1e999", "-", "\\ud800", "null", " ", "\\", "é")
            .Array[0, 10].Select(parts => Encoding.UTF8.GetBytes(string.Concat(parts))).Sample(IsDoneOrRefused, iter: 10_000);

        static bool IsDoneOrRefused(byte[] bytes) => Record.Exception(() => JsonCanonicalizer.Canonicalize(bytes)) is null or JsonException;
    }

    private static bool IsText(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;

    private static string Canonicalize(string json) =>
        Encoding.UTF8.GetString(JsonCanonicalizer.Canonicalize(Encoding.UTF8.GetBytes(json)));
}
