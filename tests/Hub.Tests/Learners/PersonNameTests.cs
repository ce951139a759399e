using CitiesOfLearning.Hub.Learners;

namespace CitiesOfLearning.Hub.Tests.Learners;

public sealed class PersonNameTests
{
    [Theory]
    [InlineData("Tom", "Nia")]
    [InlineData("Tom Bright", "Nia Bright")]
    [InlineData("Bright, Tom", "Bright, Nia")]
    [InlineData("Old Name", "New Name")]
    [InlineData("Ян Кош", "Ева Кош")]
    [InlineData("李小明", "李小红")]
    [InlineData("李", "王")]
    [InlineData("राम", "रमा")]
    [InlineData("रीता", "रीति")]
    [InlineData("มาลี", "มาลา")]
    public void Two_people_at_one_address(string one, string other) => AssertBothWays(NameMatch.Different, one, other);

    [Theory]
    [InlineData("Ada", "Ada Marsh")]
    [InlineData("Ada Marsh", "Ada Mary Marsh")]
    [InlineData("Marsh, Ada", "Ada Marsh")]
    [InlineData("Marsh , Ada Mary", "Ada Marsh")]
    [InlineData("ZOË  Petit", "Zoe Petit")]
    [InlineData("Siân O'Brien", "Sian O’BRIEN")]
    [InlineData("Siân OBrien", "Sian O’Brien")]
    [InlineData("Anne-Marie Roux", "Annemarie Roux")]
    [InlineData("Łukasz Strauß", "LUKASZ STRAUSS")]
    [InlineData("ΟΔΥΣΣΕΥΣ", "Οδυσσεύς")]
    [InlineData("IŞIK Demir", "Işık Demir")]
    [InlineData("أحمد", "احمد")]
    [InlineData("مُحَمَّد", "محمد")]
    [InlineData("किरण", "कि\u200Dरण")]
    [InlineData("李小明", "李小明")]
    public void One_person(string one, string other) => AssertBothWays(NameMatch.Same, one, other);

    [Theory]
    [InlineData("A. Marsh", "Ada Marsh")]
    [InlineData("A. Marsh", "Alan Marsh")]
    [InlineData("Ada M.", "Ada Marsh")]
    [InlineData("Ada Marsh", "Ada Example")]
    [InlineData("Mohammed Ali", "Mohammed Yusuf")]
    [InlineData("Marsh Ada", "Ada Marsh")]
    [InlineData("Marsh", "Ada Marsh")]
    [InlineData("王 小明", "王 小红")]
    [InlineData("Ana Sofía Cruz", "Ana María Cruz")]
    public void One_person_or_two_is_for_a_person_to_say(string one, string other) => AssertBothWays(NameMatch.Unsure, one, other);

    [Theory]
    [InlineData("Ada", null)]
    [InlineData("", "Ada")]
    [InlineData("···", "Ada")]
    [InlineData(", ,", "Ada")]
    public void A_name_that_says_nothing_is_no_other_name(string? one, string? other) => AssertBothWays(null, one, other);

    [Theory]
    [InlineData("Ada", "Ada Marsh", true)]
    [InlineData("A. Marsh", "Ada Marsh", true)]
    [InlineData("Marsh", "Ada Marsh", true)]
    [InlineData("Ada Marsh", "Ada Marsh", false)]
    [InlineData("Áda Marsh", "Ada Marsh", false)]
    [InlineData("Ada Mary Marsh", "Ada Marsh", false)]
    [InlineData("Adam", "Ada Marsh", false)]
    [InlineData("Ada Pool", "Ada Marsh", false)]
    public void Whether_a_newer_name_only_says_less(string newer, string older, bool less) =>
        Assert.Equal(less, PersonName.Of(newer).SaysLess(PersonName.Of(older)));

    private static void AssertBothWays(NameMatch? match, string? one, string? other)
    {
        var (a, b) = (PersonName.Of(one), PersonName.Of(other));
        Assert.Equal(match, a.Compare(b));
        Assert.Equal(match, b.Compare(a));
    }
}
