using CitiesOfLearning.Hub.Identifiers;

namespace CitiesOfLearning.Hub.Tests.Identifiers;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("ada@example.org", "ada@example.org")]
    [InlineData(" Ada+Badges@Example.ORG ", "ada+badges@example.org")]
    [InlineData("o'brien@sub.example.co.uk", "o'brien@sub.example.co.uk")]
    [InlineData("=cmd@example.org", "=cmd@example.org")]
    [InlineData("zoë@exämple.org", "zoë@exämple.org")]
    [InlineData("ที่อยู่@example.org", "ที่อยู่@example.org")]
    [InlineData("संपर्क@डाटामेल.भारत", "संपर्क@डाटामेल.भारत")]
    [InlineData("தமிழ்@example.org", "தமிழ்@example.org")]
    [InlineData("zw@example.org\u200b", "zw@example.org")]
    [InlineData("\ufeff\u00a0ada@example.org\t\r\n", "ada@example.org")]
    [InlineData("ada@example.org.", "ada@example.org")]
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
    [InlineData("ada\0@example.org")]
    [InlineData("ada@example.org,eve@example.org")]
    [InlineData("ada..b@example.org")]
    [InlineData(".ada@example.org")]
    [InlineData("ada@-example.org")]
    [InlineData("ada@example..org")]
    [InlineData("ada@127.0.0.1")]
    [InlineData("ada@[127.0.0.1]")]
    [InlineData("\"ada\"@example.org")]
    [InlineData("under@my_school.example.org")]
    [InlineData("o’brien@example.org")]
    [InlineData("=?utf-8?q?x?=@example.org")]
    [InlineData("ada=?UTF-8?B?eA==?=@example.org")]
    [InlineData("=?utf-8?q?ada@example.org?=")]
    [InlineData("ada@example.org..")]
    [InlineData("\u0301ada@example.org")]
    [InlineData("ada\ud800@example.org")]
    public void Junk_is_no_address(string? text) => Assert.Null(EmailAddress.Normalize(text));

    [Fact]
    public void Endless_addresses_are_no_addresses()
    {
        Assert.Null(EmailAddress.Normalize(new string('a', 65) + "@example.org"));
        Assert.NotNull(EmailAddress.Normalize(new string('ж', 32) + "@example.org"));
        Assert.Null(EmailAddress.Normalize(new string('ж', 33) + "@example.org"));
        Assert.Null(EmailAddress.Normalize("a@" + new string('a', 64) + ".org"));
        Assert.Null(EmailAddress.Normalize("a@" + string.Concat(Enumerable.Repeat("abcdefghi.", 26)) + "org"));
    }
}
