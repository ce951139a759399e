using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Texts;
using CsCheck;

namespace CitiesOfLearning.Hub.Tests.Texts;

public sealed class LanguageTagTests
{
    private static readonly Gen<string> Subtag = Gen.String[Gen.Char.AlphaNumeric, 2, 8];

    // Short enough for eight subtags of 8 to be too long now and then.
    private static readonly Gen<string> Tag = Gen.Select(
        Gen.String[Gen.Char['a', 'z'], 2, 3],
        Gen.OneOf(Subtag, Gen.Const("x")).Array[0, 4],
        (first, rest) => string.Join('-', [first, .. rest]));

    [Theory]
    [InlineData("cy", "cy")]
    [InlineData("CY", "cy")]
    [InlineData("cy-GB", "cy")]
    [InlineData("cy_GB", "cy")]
    [InlineData("CY_gb", "cy")]
    [InlineData("cy-Latn-GB-x-plymouth", "cy")]
    [InlineData("en-AU", "en-GB")]
    [InlineData("en", "en-GB")]
    [InlineData("EN_gb", "en-GB")]
    [InlineData("zh-TW", "zh-TW")]
    [InlineData("zh-TW-x-class", "zh-TW")]
    [InlineData("zh", "zh-Hans")]
    public void A_language_is_found_as_RFC_4647_says(string wanted, string expected) =>
        Assert.Equal(expected, LanguageTag.Lookup(wanted, ["cy", "en-GB", "zh-Hans", "zh-TW"]));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("c")]
    [InlineData("cyx")]
    [InlineData("x-cy")]
    [InlineData("fr-CY")]
    [InlineData("*")]
    [InlineData("-cy")]
    [InlineData("cy-")]
    [InlineData("cy--GB")]
    [InlineData("cy-GB\n")]
    [InlineData("cy\0")]
    [InlineData("cy;q=1")]
    [InlineData("cy.UTF-8")]
    [InlineData("ｃｙ")]
    [InlineData("cy/../../en")]
    [InlineData("cy-GB-aaaaaaaa-bbbbbbbb-cccccccc-dddd")]
    public void What_is_no_tag_of_theirs_matches_nothing(string? wanted) => Assert.Null(LanguageTag.Lookup(wanted, ["cy", "en"]));

    [Fact]
    public void Whoever_adds_a_region_or_writes_it_otherwise_gets_the_same_language() =>
        Gen.Select(Tag, Subtag, Gen.Bool).Sample((tag, more, upper) =>
        {
            var wanted = $"{tag}-{more}".Replace('-', '_');
            wanted = upper ? wanted.ToUpperInvariant() : wanted.ToLowerInvariant();

            Assert.Equal(wanted.Length > 35 ? null : tag, LanguageTag.Lookup(wanted, ["qaa", tag]));
        });

    [Fact]
    public void Whatever_is_asked_for_the_answer_is_one_of_the_languages_or_none() =>
        Gen.Select(Gen.OneOf(Tag, Gen.String), Tag.Array[0, 5]).Sample((wanted, tags) =>
            Assert.True(LanguageTag.Lookup(wanted, tags) is not { } found || tags.Contains(found)));

    [Theory]
    [InlineData("cy_GB", "Helo,")]
    [InlineData("CY", "Helo,")]
    [InlineData("cyx", "Hello,")]
    [InlineData("en-US", "Hello,")]
    [InlineData(null, "Hello,")]
    public void The_hubs_own_texts_are_found_so(string? wanted, string hello) => Assert.Equal(hello, UserTexts.In(wanted)["Mail.helloYou"]);

    [Theory]
    [InlineData("cy", "Llyfrgell")]
    [InlineData("CY_gb", "Llyfrgell")]
    [InlineData("fr", "Library")]
    [InlineData(null, "Library")]
    public void A_citys_texts_are_found_so(string? wanted, string expected)
    {
        var text = new LocalizedText(new OrderedDictionary<string, string> { ["en-GB"] = "Library", ["cy-GB"] = "Llyfrgell" });

        Assert.Equal(expected, text.In(wanted));
    }
}
