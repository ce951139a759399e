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

    /// <summary>
    /// RFC 5892, A.1 and A.2: behind a virama both, a non-joiner also between letters that join; elsewhere nobody would see it.
    /// </summary>
    [Theory]
    [InlineData("می\u200cخواهم@example.org")] // Persian: yeh and khah join
    [InlineData("خانه\u200cها.ما@example.org")] // Persian: both heh
    [InlineData("کتاب\u200cهای1@example.org")]
    [InlineData("بَ\u200cَر@example.org")] // with marks between, and reh, which joins to what is before it
    [InlineData("ہ\u200cے@example.org")] // Urdu
    [InlineData("ശ്രീ.ക്\u200d@example.org")] // Malayalam: a chillu
    [InlineData("ക്\u200cഷ@example.org")]
    [InlineData("ශ්\u200dරී@example.org")] // Sinhala
    [InlineData("क्\u200dष+x@example.org")] // Hindi
    [InlineData("ক্\u200cষ@example.org")] // Bengali
    public void Joiners_are_taken_where_they_change_what_is_seen(string text)
    {
        Assert.Equal(text, EmailAddress.Normalize(text));
        Assert.NotEqual(text, EmailAddress.Normalize(Joiners.Without(text)));
    }

    [Theory]
    [InlineData("a\u200cda@example.org")]
    [InlineData("a\u200dda@example.org")]
    [InlineData("ada\u200d@example.org")]
    [InlineData("ada.\u200cb@example.org")]
    [InlineData("می\u200dخواهم@example.org")] // a joiner between letters that join anyway
    [InlineData("می\u200c@example.org")] // nothing behind it
    [InlineData("می\u200c.خواهم@example.org")]
    [InlineData("آرزو\u200cها@example.org")] // waw never joins to what is behind it
    [InlineData("می\u200ca@example.org")]
    [InlineData("می\u200c\u200cخواهم@example.org")]
    [InlineData("ക\u200dഷ@example.org")] // no virama
    [InlineData("ക്\u200d\u200dഷ@example.org")]
    [InlineData("कि\u200dष@example.org")] // a vowel sign is none
    [InlineData("ב\u05b0\u200dב@example.org")] // nor are the marks whose classes are next to a virama's
    [InlineData("か\u3099\u309a\u200dか@example.org")]
    [InlineData("か\u309a\u3099\u200dか@example.org")]
    [InlineData("ada@ക്\u200dഷ.org")] // not in a domain
    [InlineData("a\u200bda@example.org")]
    [InlineData("क्\u200bष@example.org")]
    public void Elsewhere_they_are_refused(string text) => Assert.Null(EmailAddress.Normalize(text));

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
