using System.Text.Json;
using CitiesOfLearning.Hub.Senders;

namespace CitiesOfLearning.Hub.Tests.Senders;

public sealed class JmesQueryTests
{
    [Theory]
    [InlineData("a.b", """{"a":{"b":"x"}}""", "\"x\"")]
    [InlineData("\"a.b\".c || 'none'", """{"a.b":{}}""", "\"none\"")]
    [InlineData("a == `1`", """{"a":1.0}""", "true")]
    [InlineData("a", """{"a":"2026-11-20T10:00:00Z"}""", "\"2026-11-20T10:00:00Z\"")]
    [InlineData("a", """{"a":0.9}""", "0.9")]
    [InlineData("[{u: a, n: b}]", """{"a":"x"}""", """[{"u":"x","n":null}]""")]
    public void Finds_what_the_expression_says(string expression, string json, string found)
    {
        Assert.Equal(found, JmesQuery.Parse(expression).Find(Document(json)).GetRawText());
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("a.b.c")]
    [InlineData("length(a)")]
    [InlineData("join('|', [a, missing])")]
    public void What_is_not_there_is_undefined_and_throws_nothing(string expression)
    {
        Assert.Equal(JsonValueKind.Undefined, JmesQuery.Parse(expression).Find(Document("""{"a":5}""")).ValueKind);
    }

    [Theory]
    [InlineData("a ==")]
    [InlineData("")]
    [InlineData("nonsense(a)")]
    [InlineData("a[::0]")]
    [InlineData("'")]
    public void A_text_that_is_no_expression_is_a_fault_with_the_parsers_words(string expression)
    {
        Assert.False(JmesQuery.TryParse(expression, out _, out var fault));

        Assert.NotEmpty(fault);
    }

    [Fact]
    public void One_query_serves_many_threads()
    {
        var query = JmesQuery.Parse("let $id = id in items[?owner == $id].name | [0]");

        Parallel.For(0, 2000, i =>
        {
            var found = query.FindText(Document($$"""{"id":{{i}},"items":[{"owner":-1,"name":"no"},{"owner":{{i}},"name":"n{{i}}"}]}"""));

            Assert.Equal($"n{i}", found);
        });
    }

    [Fact]
    public void Only_true_is_true()
    {
        Assert.True(JmesQuery.Parse("a").IsTrue(Document("""{"a":true}""")));
        Assert.False(JmesQuery.Parse("a").IsTrue(Document("""{"a":"true"}""")));
        Assert.False(JmesQuery.Parse("a").IsTrue(Document("""{"a":[1]}""")));
    }

    private static JmesDocument Document(string json) => new(JsonElement.Parse(json));
}
