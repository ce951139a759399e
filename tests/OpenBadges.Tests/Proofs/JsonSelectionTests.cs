using System.Text.Json;
using CitiesOfLearning.OpenBadges.Proofs;

namespace CitiesOfLearning.OpenBadges.Tests.Proofs;

public sealed class JsonSelectionTests
{
    private const string Document = """
        {
          "@context": ["urn:c"],
          "id": "urn:d",
          "type": "T",
          "a": {
            "id": "_:a", "type": ["A"], "b": 1.50,
            "c": { "id": "urn:c", "d": [10, 20, { "type": "E", "e": "x", "f": "y" }], "g/h": true, "i~j": null }
          },
          "k": "not chosen"
        }
        """;

    [Theory]
    [InlineData("/a/b", """{ "@context": ["urn:c"], "id": "urn:d", "type": "T", "a": { "type": ["A"], "b": 1.50 } }""")]
    [InlineData(
        "/a/c/d/1", """{ "@context": ["urn:c"], "id": "urn:d", "type": "T", "a": """
            + """{ "type": ["A"], "c": { "id": "urn:c", "d": [20] } } }""")]
    [InlineData(
        "/a/c/d/2/f /a/c/d/0",
        """{ "@context": ["urn:c"], "id": "urn:d", "type": "T", "a": """
            + """{ "type": ["A"], "c": { "id": "urn:c", "d": [10, { "type": "E", "f": "y" }] } } }""")]
    [InlineData(
        "/a/c/d/2/f /a/c/d",
        """{ "@context": ["urn:c"], "id": "urn:d", "type": "T", "a": """
            + """{ "type": ["A"], "c": { "id": "urn:c", "d": [10, 20, { "type": "E", "e": "x", "f": "y" }] } } }""")]
    [InlineData(
        "/a/c/g~1h /a/c/i~0j",
        """{ "@context": ["urn:c"], "id": "urn:d", "type": "T", "a": """
            + """{ "type": ["A"], "c": { "id": "urn:c", "g/h": true, "i~j": null } } }""")]
    [InlineData("/id", """{ "@context": ["urn:c"], "id": "urn:d", "type": "T" }""")]
    [InlineData("/a/id", """{ "@context": ["urn:c"], "id": "urn:d", "type": "T", "a": { "id": "_:a", "type": ["A"] } }""")]
    public void What_is_chosen_comes_with_the_ids_and_types_on_the_way(string pointers, string selection)
    {
        var selected = JsonSelection.Select(JsonElement.Parse(Document), pointers.Split(' '));

        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(selection), selected!.Value), selected.ToString());
    }

    [Fact]
    public void The_empty_pointer_is_the_whole_document() =>
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(Document), JsonSelection.Select(JsonElement.Parse(Document), [""])!.Value));

    [Fact]
    public void No_pointer_chooses_nothing() => Assert.Null(JsonSelection.Select(JsonElement.Parse(Document), []));
}
