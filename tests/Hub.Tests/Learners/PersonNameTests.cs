using CitiesOfLearning.Hub.Learners;

namespace CitiesOfLearning.Hub.Tests.Learners;

public sealed class PersonNameTests
{
    [Theory]
    [InlineData("Tom", "Nia")]
    [InlineData("Tom Bright", "Nia Bright")]
    [InlineData("Old Name", "New Name")]
    [InlineData("Ян Кош", "Ева Кош")]
    public void Two_people_at_one_address(string one, string other)
    {
        Assert.True(PersonName.DifferPlainly(one, other));
        Assert.True(PersonName.DifferPlainly(other, one));
    }

    [Theory]
    [InlineData("Ada", "Ada Marsh")]
    [InlineData("Ada Marsh", "Ada Example")]
    [InlineData("Marsh, Ada", "Ada Marsh")]
    [InlineData("A. Marsh", "Ada Marsh")]
    [InlineData("ZOË  Petit", "Zoe Petit")]
    [InlineData("Ada", null)]
    [InlineData("", "Ada")]
    [InlineData("···", "Ada")]
    public void One_person_perhaps(string? one, string? other)
    {
        Assert.False(PersonName.DifferPlainly(one, other));
        Assert.False(PersonName.DifferPlainly(other, one));
    }
}
