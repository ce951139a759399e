using CitiesOfLearning.OpenBadges.Keys;
using CsCheck;

namespace CitiesOfLearning.OpenBadges.Tests.Keys;

public sealed class Base58Tests
{
    // https://datatracker.ietf.org/doc/html/draft-msporny-base58-03#section-5
    [Theory]
    [InlineData("48656C6C6F20576F726C6421", "2NEpo7TZRRrLZSi2U")]
    [InlineData(
        "54686520717569636B2062726F776E20666F78206A756D7073206F76657220746865206C617A7920646F672E",
        "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z")]
    [InlineData("0000287FB4CD", "11233QC4")]
    [InlineData("", "")]
    [InlineData("00", "1")]
    [InlineData("0000", "11")]
    public void Published_examples_both_ways(string hex, string text)
    {
        Assert.Equal(text, Base58.Encode(Convert.FromHexString(hex)));
        Assert.Equal(hex, Convert.ToHexString(Base58.Decode(text)!));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("O")]
    [InlineData("I")]
    [InlineData("l")]
    [InlineData("2NEpo7TZRRrLZSi2U ")]
    [InlineData("2NEpo7TZRRrLZSi2U\n")]
    [InlineData("2NEp-")]
    [InlineData("２")]
    public void Other_characters_are_refused(string text) => Assert.Null(Base58.Decode(text));

    [Fact]
    public void A_text_that_would_cost_too_much_is_refused()
    {
        Assert.NotNull(Base58.Decode(new string('z', 1024)));
        Assert.Null(Base58.Decode(new string('z', 1025)));
    }

    [Fact]
    public void Whatever_is_written_is_read_again() =>
        Gen.Byte.Array[0, 200].Sample(bytes => Base58.Decode(Base58.Encode(bytes))!.SequenceEqual(bytes));

    [Fact]
    public void No_two_texts_mean_the_same() =>
        Gen.String[Gen.Char["123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"], 0, 200].Sample(
            text => Base58.Encode(Base58.Decode(text)!) == text);
}
