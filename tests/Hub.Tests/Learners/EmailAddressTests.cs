using CitiesOfLearning.Hub.Learners;

namespace CitiesOfLearning.Hub.Tests.Learners;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("ada@example.org", "ada@example.org")]
    [InlineData(" Ada+Badges@Example.ORG ", "ada+badges@example.org")]
    [InlineData("o'brien@sub.example.co.uk", "o'brien@sub.example.co.uk")]
    [InlineData("=cmd@example.org", "=cmd@example.org")]
    [InlineData("zoë@exämple.org", "zoë@exämple.org")]
    public void Plausible_addresses_are_written_one_way(string text, string normal) => Assert.Equal(normal, EmailAddress.Normalize(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("@example.org")]
    [InlineData("ada@")]
    [InlineData("ada@localhost")]
    [InlineData("ada@@example.org")]
    [InlineData("ada@b@example.org")]
    [InlineData("[TEST] john@doe.com")]
    [InlineData("Ada <ada@example.org>")]
    [InlineData("<b>ada</b>@example.org")]
    [InlineData("ada@example.org\r\nBcc: eve@example.org")]
    [InlineData("ada@example.org\n")]
    [InlineData("ada\0@example.org")]
    [InlineData("ada@example.org,eve@example.org")]
    [InlineData("ada..b@example.org")]
    [InlineData(".ada@example.org")]
    [InlineData("ada@-example.org")]
    [InlineData("ada@example..org")]
    [InlineData("ada@127.0.0.1")]
    [InlineData("ada@[127.0.0.1]")]
    [InlineData("\"ada\"@example.org")]
    [InlineData("ada\ud800@example.org")]
    public void Junk_is_no_address(string? text) => Assert.Null(EmailAddress.Normalize(text));

    [Fact]
    public void Endless_addresses_are_no_addresses()
    {
        Assert.Null(EmailAddress.Normalize(new string('a', 65) + "@example.org"));
        Assert.Null(EmailAddress.Normalize("a@" + new string('a', 64) + ".org"));
        Assert.Null(EmailAddress.Normalize("a@" + string.Concat(Enumerable.Repeat("abcdefghi.", 26)) + "org"));
    }
}
