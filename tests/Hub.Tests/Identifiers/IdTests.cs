using System.Text.Json;
using CitiesOfLearning.Hub.Identifiers;

namespace CitiesOfLearning.Hub.Tests.Identifiers;

/// <summary>An id is made only from a checked text.</summary>
public sealed class IdTests
{
    [Theory]
    [InlineData("plymouth", true)]
    [InlineData("a", true)]
    [InlineData("new-york-2", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("Plymouth", false)]
    [InlineData("plymouth\n", false)]
    [InlineData("ply|mouth", false)]
    [InlineData("../keys", false)]
    [InlineData("_active", false)]
    [InlineData("sião", false)]
    [InlineData("a2345678901234567890123456789012345678901", false)]
    public void A_city_is_named_with_lower_case_letters_digits_and_hyphens(string? text, bool isId)
    {
        Assert.Equal(isId, CityId.TryParse(text, out var id));
        Assert.Equal(isId ? text : "", id.ToString());
    }

    [Theory]
    [InlineData("0123456789ABCDEFGHJKMNPQRS", true)]
    [InlineData("0123456789abcdefghjkmnpqrs", false)]
    [InlineData("0123456789ABCDEFGHJKMNPQRS ", false)]
    [InlineData("O123456789ABCDEFGHIJKLMNPQ", false)]
    [InlineData("0123456789ABCDEFGHJKMNPQR", false)]
    [InlineData("0123456789ABCDEFGHJKMNPQRST", false)]
    [InlineData("0123456789ABCDEFGHJKMNPQR\n", false)]
    [InlineData("../0123456789ABCDEFGHJKMNP", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void An_award_has_26_characters(string? text, bool isId)
    {
        Assert.Equal(isId, AwardId.TryParse(text, out var id));
        Assert.Equal(isId ? text : "", id.ToString());
    }

    [Fact]
    public void What_cannot_be_an_id_is_not_read_from_a_message()
    {
        Assert.Equal("\"plymouth\"", JsonSerializer.Serialize(CityId.Parse("plymouth")));
        Assert.Equal(CityId.Parse("plymouth"), JsonSerializer.Deserialize<CityId>("\"plymouth\""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<CityId>("\"a/b\""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<AwardId>("\"a/b\""));
        Assert.Throws<FormatException>(() => CityId.Parse("a/b"));
        Assert.Throws<FormatException>(() => AwardId.Parse("a/b"));
    }
}
