using CitiesOfLearning.Hub.Identifiers;

namespace CitiesOfLearning.Hub.Tests.Identifiers;

public sealed class WebAddressTests
{
    [Theory]
    [InlineData("https://example.org", "https://example.org")]
    [InlineData("https://example.org/a|b", "https://example.org/a%7Cb")]
    [InlineData("https://example.org/{a} b?c=<d>", "https://example.org/%7Ba%7D%20b?c=%3Cd%3E")]
    [InlineData("https://example.org/a#b#c", "https://example.org/a#b%23c")]
    [InlineData("HTTPS://Example.ORG/A", "https://example.org/A")]
    [InlineData("https://example.org:8443/a%20b%zz%", "https://example.org:8443/a%20b%25zz%25")]
    [InlineData("https://tŷ.example/dysgu/tŷ", "https://xn--t-foa.example/dysgu/t%C5%B7")]
    [InlineData("https://example.org/\\[1]^`\"", "https://example.org/%5C%5B1%5D%5E%60%22")]
    [InlineData("\u200b https://example.org/\t", "https://example.org/")]
    public void An_address_is_stored_as_a_uri(string text, string normal)
    {
        Assert.Equal(normal, WebAddress.Normalize(text));
        Assert.Equal(normal, WebAddress.Normalize(normal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("http://example.org")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https:example.org")]
    [InlineData("https:///a")]
    [InlineData("https://ada@example.org/")]
    [InlineData("https://example.org\\@evil.example/")]
    [InlineData("https://exa mple.org/")]
    [InlineData("https://example..org/")]
    [InlineData("https://example.org:99999/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://192.0.2.1/")]
    [InlineData("https://192.0.2.1./")]
    [InlineData("https://example.1/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://example.org/a\nb")]
    public void Anything_else_is_none(string? text) => Assert.Null(WebAddress.Normalize(text));

    [Fact]
    public void Its_length_is_that_of_what_is_stored()
    {
        Assert.NotNull(WebAddress.Normalize("https://example.org/".PadRight(2000, 'x')));
        Assert.Null(WebAddress.Normalize("https://example.org/".PadRight(2001, 'x')));
        Assert.Null(WebAddress.Normalize("https://example.org/".PadRight(1900, 'ж')));
    }
}
