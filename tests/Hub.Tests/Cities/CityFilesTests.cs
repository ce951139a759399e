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
        "rosters/moodel.csv",
        "account,address,name,language\n",
        "rosters/moodel.csv: is the roster of no source: there is no sources/moodel.json")]
    [InlineData(
        "rosters/moodle.csv",
        "account;address;name;language\n7;a@example.org;A;en\n",
        "rosters/moodle.csv: line 1: the first line must be exactly: account,address,name,language")]
    [InlineData(
        "rosters/moodle.csv",
        "account,address,name,language\n7,ada at example,Ada,en\n",
        "rosters/moodle.csv: line 2: the address is not an email address; leave it empty if there is none")]
    [InlineData(
        "rosters/moodle.csv",
        "account,address,name,language\n7,,Ada,fr\n",
        "rosters/moodle.csv: line 2: the language must be empty or one of: en, cy")]
    [InlineData(
        "rosters/moodle.csv",
        "account,address,name,language\n7,,Ada,en\n7,,Bea,en\n",
        "rosters/moodle.csv: line 3: the account is on an earlier line too; keep one")]
    [InlineData("rosters/moodle.csv", "account,address,name,language\n,,Ada,en\n", "rosters/moodle.csv: line 2: the account is empty")]
    [InlineData(
        "rosters/moodle.csv",
        "account,address,name,language\n7,,,\n",
        "rosters/moodle.csv: line 2: give an address, or a name for the printed slip")]
    [InlineData(
        "rosters/moodle.csv",
        "account,address,name,language\n7,a@example.org,Ada\n",
        "rosters/moodle.csv: line 2: cannot be read: it must have four columns, with quotes around a value that has a comma in it")]
    public void A_file_that_cannot_be_used_is_told(string file, string content, string expected)
    {
        var files = Sample.Files("plymouth").ByPath.ToDictionary();
        files[file] = Encoding.UTF8.GetBytes(content);

        var parsed = Sample.Parser.Parse("plymouth", new(files));

        Assert.Contains(parsed.Errors, e => e.ToString().StartsWith(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("cy-GB")]
    [InlineData("CY")]
    [InlineData("cy_GB")]
    public void A_roster_may_write_a_language_as_other_systems_do(string language)
    {
        var files = Sample.Files("plymouth").ByPath.ToDictionary();
        files["rosters/moodle.csv"] = Encoding.UTF8.GetBytes($"account,address,name,language\n8,,Gethin,{language}\n");

        Assert.Empty(Sample.Parser.Parse("plymouth", new(files)).Errors);
    }

    [Fact]
    public void Every_mistake_is_told_at_once()
    {
        var files = Sample.Files("plymouth").ByPath.ToDictionary();
        files.Remove("spine.json");
        files["sources/hub.json"] = "{}"u8.ToArray();
        files["rosters/code-club.csv"] = "account\n"u8.ToArray();

        var told = Sample.Parser.Parse("plymouth", new(files)).Errors.Select(e => e.ToString()).ToList();

        Assert.Contains("spine.json: is missing", told);
        Assert.Contains("sources/hub.json: $.profile: is missing", told);
        Assert.Contains("sources/hub.json: $.rules: is missing", told);
        Assert.Contains("rosters/code-club.csv: line 1: the first line must be exactly: account,address,name,language", told);
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
    public void An_error_in_a_roster_never_quotes_it()
    {
        var files = Sample.Files("plymouth").ByPath.ToDictionary();
        files["rosters/moodle.csv"] =
            "account,address,name,language\n7,secret person,Secret Person,xx\n\"8,secret@example.org,Secret,en\n"u8.ToArray();

        var parsed = Sample.Parser.Parse("plymouth", new(files));

        Assert.NotEmpty(parsed.Errors);
        Assert.All(parsed.Errors, e => Assert.DoesNotContain("secret", e.ToString(), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_byte_order_mark_as_Windows_writes_it_is_no_mistake()
    {
        byte[] mark = [0xEF, 0xBB, 0xBF];
        var files = Sample.Files("plymouth").ByPath
            .ToDictionary(f => f.Key, f => Path.GetExtension(f.Key) is ".json" or ".csv" ? [.. mark, .. f.Value] : f.Value);

        var parsed = Sample.Parser.Parse("plymouth", new(files));

        Assert.Empty(parsed.Errors);
        Assert.Equal("Ada Example", parsed.City!.Sources["moodle"].Roster["7"].Name);
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
