using CitiesOfLearning.Hub.Cities;

namespace CitiesOfLearning.Hub.Tests.Cities;

public sealed class ResultScaleTests
{
    [Theory]
    [InlineData("Percent", null, null, 0.9, "90")]
    [InlineData("Percent", "0", "100", 1.0 / 3, "33.33")]
    [InlineData("RawScore", "0", "20", 0.9, "18")]
    [InlineData("RawScore", "5", "20", 0, "5")]
    [InlineData("RawScore", "-10", "10", 0.25, "-5")]
    [InlineData("GradePointAverage", "0", "4.0", 0.875, "3.5")]
    [InlineData("ScaledScore", "0", "1", 1.0 / 3, "0.3333")]
    [InlineData("ext:Points", "0", "1000", 0.12345, "123.5")]
    public void A_score_is_a_place_on_the_scale(string type, string? min, string? max, double score, string expected) =>
        Assert.Equal(expected, ResultScale.Of(type, min, max)!.Value(score));

    [Theory]
    [InlineData("LetterGrade", "0", "100")]
    [InlineData("Status", null, null)]
    [InlineData("RawScore", "0", null)]
    [InlineData("RawScore", null, "20")]
    [InlineData("RawScore", "20", "0")]
    [InlineData("RawScore", "F", "A")]
    [InlineData("RawScore", "0", "1e3")]
    public void Without_ends_that_are_numbers_there_is_no_scale(string type, string? min, string? max) =>
        Assert.Null(ResultScale.Of(type, min, max));
}
