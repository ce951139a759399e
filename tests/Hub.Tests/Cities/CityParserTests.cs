using System.Text;
using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Cities;

namespace CitiesOfLearning.Hub.Tests.Cities;

/// <summary>What a steward reads for each kind of mistake, word for word.</summary>
public sealed class CityParserTests
{
    [Theory]
    [InlineData(
        "badges/python-beginner.json",
        "$.awarder",
        "[]",
        "badges/python-beginner.json: $.awarder: is not known here; known are: achievementType, alignment, art, awarders, criteria, " +
        "description, name, result, tags, version")]
    [InlineData(
        "badges/python-beginner.json",
        "$.version",
        "\"1\"",
        "badges/python-beginner.json: $.version: must be a whole number from 1 to 9999")]
    [InlineData("badges/python-beginner.json", "$.version", null, "badges/python-beginner.json: $.version: is missing")]
    [InlineData(
        "badges/python-beginner.json",
        "$.name.cy",
        null,
        "badges/python-beginner.json: $.name.cy: is missing: every text needs each of the city's languages")]
    [InlineData(
        "badges/python-beginner.json",
        "$.name.fr",
        "\"Python\"",
        "badges/python-beginner.json: $.name.fr: is not one of the city's languages: en, cy")]
    [InlineData(
        "badges/python-beginner.json",
        "$.name",
        "\"Python\"",
        "badges/python-beginner.json: $.name: must be written in each of the city's languages: { \"en\": \"…\", \"cy\": \"…\" }")]
    [InlineData("badges/python-beginner.json", "$.name.en", "\" \"", "badges/python-beginner.json: $.name.en: is empty")]
    [InlineData(
        "badges/python-beginner.json",
        "$.criteria.url",
        "\"http://libraries.plymouth.example\"",
        "badges/python-beginner.json: $.criteria.url: must be a full address that starts with https://")]
    [InlineData(
        "badges/python-beginner.json",
        "$.alignment[1]",
        "\"col-nothing\"",
        "badges/python-beginner.json: $.alignment[1]: spine.json has no entry with the code \"col-nothing\"")]
    [InlineData(
        "badges/python-beginner.json",
        "$.awarders[0].provider",
        "\"nobody\"",
        "badges/python-beginner.json: $.awarders[0].provider: city.json has no provider \"nobody\"")]
    [InlineData(
        "badges/python-beginner.json",
        "$.awarders[0].until",
        "\"2024-01-01\"",
        "badges/python-beginner.json: $.awarders[0].until: is before \"from\"")]
    [InlineData(
        "badges/python-beginner.json",
        "$.awarders[0].from",
        "\"1.9.2025\"",
        "badges/python-beginner.json: $.awarders[0].from: must be a day as in 2026-09-01")]
    [InlineData(
        "badges/python-beginner.json",
        "$.art.png",
        "\"missing.png\"",
        "badges/python-beginner.json: $.art.png: there is no file badges/missing.png")]
    [InlineData(
        "badges/python-beginner.json",
        "$.art.png",
        "\"python-beginner.svg\"",
        "badges/python-beginner.json: $.art.png: badges/python-beginner.svg is not a PNG picture")]
    [InlineData("badges/python-beginner.json", "$.tags", "\"python\"", "badges/python-beginner.json: $.tags: must be a list: [ … ]")]
    [InlineData(
        "badges/python-beginner.json", "$.tags[1]", "\"python\"", "badges/python-beginner.json: $.tags[1]: is given twice; keep one")]
    [InlineData("badges/python-beginner.json", "$.art", "[]", "badges/python-beginner.json: $.art: must be an object: { … }")]
    [InlineData(
        "spine.json",
        "$.entries[0].layer",
        "\"middle\"",
        "spine.json: $.entries[0].layer: \"middle\" is not one of: core, cities-of-learning, city, strategic")]
    [InlineData(
        "spine.json",
        "$.entries[1].code",
        "\"core-creating-new-value\"",
        "spine.json: $.entries[1].code: \"core-creating-new-value\" is used by an earlier entry; give this one its own")]
    [InlineData(
        "city.json",
        "$.languages",
        "[\"English\"]",
        "city.json: $.languages: must list the city's languages by their codes, the default first: [\"en\", \"cy\"]")]
    [InlineData(
        "city.json",
        "$.proofs",
        "[\"jwt-none\"]",
        "city.json: $.proofs: must name one JWT (jwt-es256 or jwt-rs256), one embedded proof (ecdsa-sd-2023 or ecdsa-rdfc-2019), or one " +
        "of each, the one to be baked into pictures first")]
    [InlineData(
        "city.json",
        "$.proofs",
        "[\"jwt-es256\", \"jwt-rs256\"]",
        "city.json: $.proofs: must name one JWT (jwt-es256 or jwt-rs256), one embedded proof (ecdsa-sd-2023 or ecdsa-rdfc-2019), or one " +
        "of each, the one to be baked into pictures first")]
    [InlineData(
        "city.json",
        "$.proofs",
        "[\"ecdsa-sd-2023\", \"jwt-es256\", \"ecdsa-rdfc-2019\"]",
        "city.json: $.proofs: must name one JWT (jwt-es256 or jwt-rs256), one embedded proof (ecdsa-sd-2023 or ecdsa-rdfc-2019), or one " +
        "of each, the one to be baked into pictures first")]
    [InlineData(
        "city.json",
        "$.sender.address",
        "\"badges at plymouth\"",
        "city.json: $.sender.address: must be an email address, such as badges@plymouth.example")]
    [InlineData(
        "city.json",
        "$.providers.Tide_Pool",
        "{\"name\":{\"en\":\"a\",\"cy\":\"b\"}}",
        "city.json: $.providers.Tide_Pool: must be named with 1 to 40 lower-case letters, digits and hyphens")]
    [InlineData(
        "sources/moodle.json",
        "$.profile",
        "\"moodel\"",
        "sources/moodle.json: $.profile: the hub has no profile \"moodel\"; it has: github-workflow-run, moodle-local-webhooks, " +
        "standard-webhooks")]
    [InlineData(
        "sources/moodle.json",
        "$.rules[0].badge",
        "\"python\"",
        "sources/moodle.json: $.rules[0].badge: there is no badge \"python\": badges/python.json does not exist")]
    [InlineData(
        "sources/moodle.json",
        "$.rules[0].badge",
        "\"tide-pool-surveyor\"",
        "sources/moodle.json: $.rules[0].badge: \"plymouth-libraries\" may not award \"tide-pool-surveyor\"; add it to \"awarders\" in " +
        "badges/tide-pool-surveyor.json if the city agrees")]
    [InlineData(
        "sources/moodle.json",
        "$.rules[0].requireTier",
        "\"none\"",
        "sources/moodle.json: $.rules[0].requireTier: \"none\" is not one of: token, signed")]
    [InlineData(
        "sources/moodle.json",
        "$.maxBodyBytes",
        "20000000",
        "sources/moodle.json: $.maxBodyBytes: must be a whole number from 1024 to 10485760")]
    public void A_mistake_is_told_with_file_path_and_what_to_do(string file, string path, string? value, string expected)
    {
        var parsed = Sample.Parser.Parse("plymouth", Plymouth(file, path, value));

        Assert.Null(parsed.City);
        Assert.Contains(expected, parsed.Errors.Select(e => e.ToString()));
    }

    [Theory]
    [InlineData(
        "badges/python-beginner.json",
        "$.achievementType",
        "\"Kurs\"",
        "badges/python-beginner.json: $.achievementType: \"Kurs\" is not in Open Badges 3.0's list; use one of: Achievement, ")]
    [InlineData(
        "sources/moodle.json",
        "$.rules[0].when",
        "\"kind == \"",
        "sources/moodle.json: $.rules[0].when: is not a JMESPath expression that works on a completion: ")]
    [InlineData(
        "sources/moodle.json",
        "$.rules[0].when",
        "\"startswith(kind, 'c')\"",
        "sources/moodle.json: $.rules[0].when: is not a JMESPath expression that works on a completion: ")]
    public void A_mistake_is_told_with_the_words_of_the_standard(string file, string path, string value, string expected)
    {
        var parsed = Sample.Parser.Parse("plymouth", Plymouth(file, path, value));

        Assert.Contains(parsed.Errors, e => e.ToString().StartsWith(expected, StringComparison.Ordinal));
    }

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
    [InlineData(null, ProofNames.JwtEs256, ProofNames.EcdsaSd2023, true)]
    [InlineData("[\"ecdsa-rdfc-2019\"]", ProofNames.JwtEs256, ProofNames.EcdsaRdfc2019, false)]
    [InlineData("[\"jwt-rs256\", \"ecdsa-sd-2023\"]", ProofNames.JwtRs256, ProofNames.EcdsaSd2023, true)]
    [InlineData("[\"ecdsa-sd-2023\", \"jwt-rs256\"]", ProofNames.JwtRs256, ProofNames.EcdsaSd2023, false)]
    public void A_city_chooses_how_its_badges_are_signed(string? value, string jwt, string embedded, bool bakesJwt) =>
        Assert.Equal(
            new CityProofs(jwt, embedded, bakesJwt),
            Sample.Parser.Parse("plymouth", Plymouth("city.json", "$.proofs", value)).City!.Proofs);

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
        var files = Sample.Files("plymouth").ByPath.ToDictionary(
            f => f.Key, f => f.Key.EndsWith(
                ".json", StringComparison.Ordinal) || f.Key.EndsWith(".csv", StringComparison.Ordinal) ? [.. mark, .. f.Value] : f.Value);

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

    // The sample with one member set (or, for null, removed).
    private static CityFiles Plymouth(string file, string path, string? value)
    {
        var files = Sample.Files("plymouth").ByPath.ToDictionary();
        var root = JsonNode.Parse(files[file])!;
        var steps = path[2..].Replace("[", ".[", StringComparison.Ordinal).Split('.');
        var parent = steps[..^1].Aggregate(root, Step);
        if (parent is JsonArray list)
        {
            list[int.Parse(steps[^1].Trim('[', ']'))] = JsonNode.Parse(value!);
        }
        else if (value is null)
        {
            parent.AsObject().Remove(steps[^1]);
        }
        else
        {
            parent[steps[^1]] = JsonNode.Parse(value);
        }

        files[file] = Encoding.UTF8.GetBytes(root.ToJsonString());
        return new(files);

        static JsonNode Step(JsonNode node, string step) => (step[0] == '[' ? node[int.Parse(step.Trim('[', ']'))] : node[step])!;
    }
}
