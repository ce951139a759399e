using System.Text;
using System.Text.Json;
using CitiesOfLearning.OpenBadges.Json;
using CsCheck;

namespace CitiesOfLearning.OpenBadges.Tests.Json;

public sealed class StrictJsonTests
{
    [Theory]
    [InlineData("""{"a":1,"b":{"a":2,"a":3}}""", "$.b.a stands twice in the same object (byte 18).")]
    [InlineData("""[{"a":1},{"a":1,"\u0061":2}]""", "$[1].a stands twice in the same object (byte 16).")]
    [InlineData("""{"a":["x","\ud83d"]}""", "$.a[1] contains half of a surrogate pair (byte 10).")]
    [InlineData("""{"a":"\udc00\ud83d"}""", "$.a contains half of a surrogate pair (byte 5).")]
    [InlineData("""{"\ud83d":1}""", "$ contains half of a surrogate pair (byte 1).")]
    [InlineData("""{"a":"b\u0000c"}""", "$.a contains a NUL character (byte 5).")]
    [InlineData("""{"a":1e400}""", "$.a is a number too large to hold (byte 5).")]
    [InlineData("""{"a":-1e400}""", "$.a is a number too large to hold (byte 5).")]
    [InlineData("""{"a":1""", "$.a is not well-formed JSON (byte 6).")]
    [InlineData("""{"a":1,}""", "$.a is not well-formed JSON (byte 7).")]
    [InlineData("""{"a":1}x""", "$ is not well-formed JSON (byte 7).")]
    [InlineData("""// hello""", "$ is not well-formed JSON (byte 0).")]
    [InlineData("""{"a":NaN}""", "$.a is not well-formed JSON (byte 5).")]
    [InlineData("{\"a\":\"\0\"}", "$.a is not well-formed JSON (byte 5).")]
    [InlineData("\uFEFF{}", "$ begins with a byte order mark (byte 0).")]
    [InlineData("", "$ is not well-formed JSON (byte 0).")]
    public void Each_fault_is_named_with_its_place(string json, string fault)
    {
        Assert.False(StrictJson.TryParse(Encoding.UTF8.GetBytes(json), out _, out var found));

        Assert.Equal(fault, found.ToString());
    }

    [Theory]
    [InlineData("latin1", 6)]
    [InlineData("utf-16", 0)]
    [InlineData("utf-32", 0)]
    public void Other_charsets_are_not_guessed(string charset, long offset)
    {
        Assert.False(StrictJson.TryParse(Encoding.GetEncoding(charset).GetBytes("{\"a\":\"é\"}"), out _, out var fault));

        Assert.True(fault.Reason is "is not UTF-8" or "is not well-formed JSON");
        Assert.True(fault.Offset >= offset);
    }

    [Fact]
    public void Sixty_four_levels_are_deep_enough()
    {
        Assert.True(StrictJson.TryParse(Nested(64), out _, out _));
        Assert.False(StrictJson.TryParse(Nested(65), out _, out var justTooDeep));
        Assert.False(StrictJson.TryParse(Nested(1000), out _, out var tooDeep));

        Assert.Equal("is nested deeper than 64", justTooDeep.Reason);
        Assert.Equal(justTooDeep, tooDeep);
    }

    [Fact]
    public void Longer_than_allowed_is_not_even_looked_at()
    {
        Assert.False(StrictJson.TryParse("{ }"u8.ToArray(), out _, out var fault, maxBytes: 2));

        Assert.Equal("$ is longer than 2 bytes (byte 2).", fault.ToString());
    }

    [Fact]
    public void What_another_reader_wrote_is_read_the_same()
    {
        Gen.Dictionary(Gen.String.AlphaNumeric, Gen.Int.Array).Sample(values =>
        {
            var written = JsonSerializer.SerializeToUtf8Bytes(values);

            Assert.True(StrictJson.TryParse(written, out var read, out _));
            Assert.Equal(written, JsonSerializer.SerializeToUtf8Bytes(read));
        });
    }

    [Fact]
    public void No_bytes_whatever_throw()
    {
        Gen.Byte.Array.Sample(bytes => StrictJson.TryParse(bytes, out _, out _) || true);
        Gen.OneOf([.. new[] { "{", "}", "[", "]", "\"a\"", ":", ",", "1", "\\ud800", "\"", "null", " ", "\\" }.Select(Gen.Const)]).Array
            .Sample(parts => StrictJson.TryParse(Encoding.UTF8.GetBytes(string.Concat(parts)), out _, out _) || true);
    }

    private static byte[] Nested(int levels) => Encoding.UTF8.GetBytes(new string('[', levels) + new string(']', levels));
}
