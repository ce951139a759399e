using System.Text;
using CitiesOfLearning.Hub.Cities;

namespace CitiesOfLearning.Hub.Tests.Cities;

/// <summary>What a city consists of: files that are missing, too many or unreadable, and the version that all of them make.</summary>
public sealed class CityFilesTests
{
    [Theory]
    [InlineData(
        "city.json",
        "{ \"languages\": [\"en\"],",
        "city.json: line 1: is not valid JSON; look for a missing comma, quote or bracket (and no more than 64 levels deep)")]
    [InlineData("city.json", "[]", "city.json: $: must be an object: { … }")]
    [InlineData("spine.json", "{ \"entries\": [], \"entries\": [] }", "spine.json: $.entries: is given twice; keep one")]
    [InlineData(
        "spine.json",
        "{ \"entries\": [{ \"code\": \"\\ud800\" }] }",
        "spine.json: contains text that is not valid Unicode; save it as UTF-8")]
    [InlineData("badges/Python.json", "{}", "badges/Python.json: must be named with 1 to 40 lower-case letters, digits and hyphens")]
    [InlineData("badge/extra.json", "{}", "badge/extra.json: is not part of a city; remove it, or check its name and folder")]
    [InlineData("badges/unused.svg", "<svg/>", "badges/unused.svg: no badge uses this picture; name it in a badge's \"art\" or remove it")]
    [InlineData(
        "badges/python-beginner.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>",
        "badges/python-beginner.json: $.art.svg: badges/python-beginner.svg: ")]
    [InlineData(
        "rosters/moodle.csv",
        "account,address,name,language\n",
        "rosters/moodle.csv: is no part of a city: rosters hold people, and are uploaded by themselves")]
    [InlineData("Rosters/moodle.csv", "", "Rosters/moodle.csv: is no part of a city: rosters hold people, and are uploaded by themselves")]
    public void A_file_that_cannot_be_used_is_told(string file, string content, string expected)
    {
        var files = Sample.Files("plymouth").ByPath.ToDictionary();
        files[file] = Encoding.UTF8.GetBytes(content);

        var parsed = Sample.Parser.Parse("plymouth", new(files));

        Assert.Contains(parsed.Errors, e => e.ToString().StartsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_mistake_is_told_at_once()
    {
        var files = Sample.Files("plymouth").ByPath.ToDictionary();
        files.Remove("spine.json");
        files["sources/hub.json"] = "{}"u8.ToArray();

        var told = Sample.Parser.Parse("plymouth", new(files)).Errors.Select(e => e.ToString()).ToList();

        Assert.Contains("spine.json: is missing", told);
        Assert.Contains("sources/hub.json: $.profile: is missing", told);
        Assert.Contains("sources/hub.json: $.rules: is missing", told);
    }

    [Fact]
    public void JSON_deeper_than_64_levels_is_refused()
    {
        var files = Sample.Files("plymouth").ByPath.ToDictionary();
        files["spine.json"] = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 1000)) + "1" + new string('}', 1000));

        var parsed = Sample.Parser.Parse("plymouth", new(files));

        Assert.Contains(parsed.Errors, e => e is { File: "spine.json", Path: "line 1" });
    }

    [Fact]
    public void A_byte_order_mark_as_Windows_writes_it_is_no_mistake()
    {
        byte[] mark = [0xEF, 0xBB, 0xBF];
        var files = Sample.Files("plymouth").ByPath
            .ToDictionary(f => f.Key, f => Path.GetExtension(f.Key) is ".json" ? [.. mark, .. f.Value] : f.Value);

        var parsed = Sample.Parser.Parse("plymouth", new(files));

        Assert.Empty(parsed.Errors);
    }

    [Fact]
    public void The_version_changes_with_any_byte_and_any_path()
    {
        var files = Sample.Files("plymouth");
        var moved = files.ByPath.ToDictionary(f => f.Key == "city.json" ? "City.json" : f.Key, f => f.Value);
        var changed = files.ByPath.ToDictionary(f => f.Key, f => f.Key == "city.json" ? [.. f.Value, (byte)'\n'] : f.Value);

        Assert.Equal(files.Version(), Sample.Files("plymouth").Version());
        Assert.NotEqual(files.Version(), new CityFiles(moved).Version());
        Assert.NotEqual(files.Version(), new CityFiles(changed).Version());
    }
}
