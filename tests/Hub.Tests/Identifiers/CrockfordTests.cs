using CitiesOfLearning.Hub.Identifiers;
using CsCheck;

namespace CitiesOfLearning.Hub.Tests.Identifiers;

/// <summary>https://www.crockford.com/base32.html</summary>
public sealed class CrockfordTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("00", "00")]
    [InlineData("FF", "ZW")]
    [InlineData("0123456789", "04HMASW9")]
    [InlineData("FFFFFFFFFF", "ZZZZZZZZ")]
    public void Five_bits_are_one_character_the_most_significant_first(string hex, string text) =>
        Assert.Equal(text, Crockford.Encode(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("abc-def 0", "ABCDEF0")]
    [InlineData("oO0", "000")]
    [InlineData("iIlL1", "11111")]
    public void A_code_is_read_as_the_person_meant_it(string typed, string meant) => Assert.Equal(meant, Crockford.Normalize(typed));

    [Fact]
    public void What_is_encoded_has_no_letter_that_reads_as_another() => Gen.Byte.Array[0, 64].Sample(bytes =>
    {
        var text = Crockford.Encode(bytes);

        Assert.All(text, c => Assert.Contains(c, "0123456789ABCDEFGHJKMNPQRSTVWXYZ"));
        Assert.Equal(text, Crockford.Normalize(text.ToLowerInvariant()));
    });
}
