using System.Globalization;
using System.Text;
using System.Text.Json;
using CitiesOfLearning.JsonLd.Jcs;
using CsCheck;

namespace CitiesOfLearning.JsonLd.Tests.Jcs;

public sealed class CanonicalNumberTests(ITestOutputHelper output)
{
    /// <summary>
    /// RFC 8785, appendix B (https://www.rfc-editor.org/rfc/rfc8785#appendix-B): the bits of a double and how it is written; null is
    /// refused.
    /// </summary>
    private static readonly (ulong Bits, string? Written)[] AppendixB =
    [
        (0x0000000000000000, "0"),
        (0x8000000000000000, "0"),
        (0x0000000000000001, "5e-324"),
        (0x8000000000000001, "-5e-324"),
        (0x7fefffffffffffff, "1.7976931348623157e+308"),
        (0xffefffffffffffff, "-1.7976931348623157e+308"),
        (0x4340000000000000, "9007199254740992"),
        (0xc340000000000000, "-9007199254740992"),
        (0x4430000000000000, "295147905179352830000"),
        (0x44b52d02c7e14af5, "9.999999999999997e+22"),
        (0x44b52d02c7e14af6, "1e+23"),
        (0x44b52d02c7e14af7, "1.0000000000000001e+23"),
        (0x444b1ae4d6e2ef4e, "999999999999999700000"),
        (0x444b1ae4d6e2ef4f, "999999999999999900000"),
        (0x444b1ae4d6e2ef50, "1e+21"),
        (0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"),
        (0x3eb0c6f7a0b5ed8d, "0.000001"),
        (0x41b3de4355555553, "333333333.3333332"),
        (0x41b3de4355555554, "333333333.33333325"),
        (0x41b3de4355555555, "333333333.3333333"),
        (0x41b3de4355555556, "333333333.3333334"),
        (0x41b3de4355555557, "333333333.33333343"),
        (0xbecbf647612f3696, "-0.0000033333333333333333"),
        (0x43143ff3c1cb0959, "1424953923781206.2"),
        (0x7fffffffffffffff, null),
        (0x7ff0000000000000, null),
    ];

    [Fact]
    public void A_double_is_written_as_ECMAScript_writes_it()
    {
        var passed = AppendixB.Where(sample => Written(sample.Bits) == sample.Written).ToList();

        output.WriteLine($"RFC 8785, appendix B: {passed.Count} of {AppendixB.Length}");
        Assert.Equal(AppendixB, passed);
        Assert.Equal(26, AppendixB.Length);

        static string? Written(ulong bits)
        {
            try
            {
                return CanonicalNumber.Write(BitConverter.UInt64BitsToDouble(bits));
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    [Fact]
    public void What_is_not_finite_is_refused() => Assert.Throws<JsonException>(() => CanonicalNumber.Write(double.NegativeInfinity));

    [Theory]
    [InlineData("-0", "0")]
    [InlineData("-0.0e5", "0")]
    [InlineData("1.0", "1")]
    [InlineData("-7", "-7")]
    [InlineData("1E2", "100")]
    [InlineData("123456789012345", "123456789012345")]
    [InlineData("9007199254740993", "9007199254740992")]
    [InlineData("100000000000000000000", "100000000000000000000")]
    [InlineData("1000000000000000000000", "1e+21")]
    [InlineData("0.00001", "0.00001")]
    [InlineData("0.0000001", "1e-7")]
    [InlineData("1e-400", "0")]
    [InlineData("123.4560", "123.456")]
    public void A_number_of_a_document_is_written_as_the_double_that_it_is(string json, string written) =>
        Assert.Equal(written, Encoding.UTF8.GetString(JsonCanonicalizer.Canonicalize(Encoding.UTF8.GetBytes(json))));

    [Theory]
    [InlineData("1e400")]
    [InlineData("-1e309")]
    public void A_number_that_no_double_holds_is_refused(string json) =>
        Assert.Throws<JsonException>(() => JsonCanonicalizer.Canonicalize(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void What_is_written_reads_back_as_the_same_double() =>
        Gen.OneOf(Gen.Double, Gen.ULong.Select(BitConverter.UInt64BitsToDouble), Gen.Int.Select(i => (double)i))
            .Where(double.IsFinite)
            .Sample(value => double.Parse(CanonicalNumber.Write(value), CultureInfo.InvariantCulture) == value, iter: 20_000);
}
