using System.Text;
using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Cities;

/// <summary>What a steward reads for each kind of mistake in what a city says, word for word.</summary>
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
        "badges/tide-pool-surveyor.json",
        "$.result.type",
        "\"LetterGrade\"",
        "badges/tide-pool-surveyor.json: $.result.type: a score cannot be written as \"LetterGrade\" from \"0\" to \"100\"; use Percent, " +
        "or RawScore with numbers as \"min\" and \"max\", such as \"0\" and \"20\"")]
    [InlineData(
        "city.json",
        "$.timeZone",
        "\"Plymouth\"",
        "city.json: $.timeZone: \"Plymouth\" is no time zone; use a name of the IANA list, such as Europe/London")]
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
        "badges/python-beginner.json",
        "$.tags[1]",
        "\"coding\"",
        "badges/python-beginner.json: $.tags[1]: must be written in each of the city's languages: { \"en\": \"…\", \"cy\": \"…\" }")]
    [InlineData(
        "badges/python-beginner.json",
        "$.tags[1].cy",
        "\"python\"",
        "badges/python-beginner.json: $.tags[1].cy: is given twice; keep one")]
    [InlineData(
        "city.json",
        "$.sender.name",
        "\"Plymouth\"",
        "city.json: $.sender.name: must be written in each of the city's languages: { \"en\": \"…\", \"cy\": \"…\" }")]
    [InlineData(
        "city.json",
        "$.sender.name.cy",
        null,
        "city.json: $.sender.name.cy: is missing: every text needs each of the city's languages")]
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
        "$.identifier",
        "\"did:key\"",
        "city.json: $.identifier: must be how the city names itself in its badges: https (by its address here) or did:web")]
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
    [InlineData(null, SigningAlgorithm.ES256, "ecdsa-sd-2023", true)]
    [InlineData("[\"ecdsa-rdfc-2019\"]", SigningAlgorithm.ES256, "ecdsa-rdfc-2019", false)]
    [InlineData("[\"jwt-rs256\", \"ecdsa-sd-2023\"]", SigningAlgorithm.RS256, "ecdsa-sd-2023", true)]
    [InlineData("[\"ecdsa-sd-2023\", \"jwt-rs256\"]", SigningAlgorithm.RS256, "ecdsa-sd-2023", false)]
    public void A_city_chooses_how_its_badges_are_signed(string? value, SigningAlgorithm jwt, string embedded, bool bakesJwt)
    {
        var proofs = Sample.Parser.Parse("plymouth", Plymouth("city.json", "$.proofs", value)).City!.Proofs;

        Assert.Equal((jwt, embedded, bakesJwt), (proofs.Jwt, proofs.Embedded.Name, proofs.BakesJwt));
    }

    [Theory]
    [InlineData("score >= '0.6'", "compares a number with text, and only numbers are more or less")]
    [InlineData("kind == 'completed' && (activity.id == `5` || score > `0.5`)", "activity.id is text and `5` is a number")]
    [InlineData("activity.id == \"5\"", "a completion has no \"5\"; text stands in single quotes: '5'")]
    [InlineData("activty.id == '5'", "a completion has no activty.id")]
    [InlineData("score == '1'", "score is a number and '1' is text")]
    [InlineData("occurredAt > '2026-01-01'", "compares text with text")]
    [InlineData("length(evidence) >= '2'", "length(…) >= '2' compares a number with text")]
    [InlineData("'yes' == contains(activity.name, 'Python')", "'yes' is text and contains(…) is true or false")]
    [InlineData("score >= `60`", "a score is a number from 0 to 1")]
    [InlineData("`100` == score && kind == 'completed'", "a score is a number from 0 to 1")]
    [InlineData("activty.name || kind == 'completed'", "a completion has no activty.name")]
    [InlineData("evidence.url", "a completion has no evidence.url")]
    public void A_comparison_that_is_never_true_is_loaded_with_a_warning(string when, string expected)
    {
        var parsed = Sample.Parser.Parse(
            "plymouth", Plymouth("sources/moodle.json", "$.rules[0].when", JsonValue.Create(when).ToJsonString()));

        Assert.NotNull(parsed.City);
        var warning = Assert.Single(parsed.Warnings).ToString();
        Assert.StartsWith("sources/moodle.json: $.rules[0].when: ", warning, StringComparison.Ordinal);
        Assert.Contains(expected, warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("activity.id == '5' && score >= `0.6`")]
    [InlineData("activity.\"id\" == `\"5\"` && learner.name != `null`")]
    [InlineData("evidence[?description == 'x'] && length(evidence) > `1`")]
    [InlineData("evidence[0].url == 'https://example.org' || contains(activity.name, '5') == `true`")]
    [InlineData("evidence | length(@) > `1`")]
    [InlineData("score >= `1` || score <= `0` || score != `60`")]
    [InlineData("to_number(activity.id) > `4` && length(learner.name) > length(activity.id)")]
    [InlineData("sort_by(evidence, &url)[0].description == 'x' && !(activity.id == '6')")]
    [InlineData("(score || `0`) >= `60` || type(score) == 'number'")]
    public void A_comparison_that_may_be_true_is_loaded_without_one(string when)
    {
        var parsed = Sample.Parser.Parse(
            "plymouth", Plymouth("sources/moodle.json", "$.rules[0].when", JsonValue.Create(when).ToJsonString()));

        Assert.Empty(parsed.Errors);
        Assert.Empty(parsed.Warnings);
    }

    [Theory]
    [InlineData("https://brighton.example/my course", "https://brighton.example/my%20course")]
    [InlineData("HTTPS://Brighton.example/tŷ#a#b", "https://brighton.example/t%C5%B7#a%23b")]
    public void An_address_is_kept_as_a_credential_can_hold_it(string written, string kept)
    {
        var value = JsonValue.Create(written).ToJsonString();

        Assert.Equal(kept, Sample.Parser.Parse("plymouth", Plymouth("city.json", "$.url", value)).City!.Url);
        Assert.Equal(
            kept,
            Sample.Parser.Parse("plymouth", Plymouth("badges/python-beginner.json", "$.criteria.url", value))
                .City!.Badges["python-beginner"].CriteriaUrl);
    }

    [Fact]
    public void A_city_with_one_language_writes_its_senders_name_and_its_tags_as_plain_text()
    {
        Assert.Equal("Brighton City of Learning", Sample.Brighton.Sender.Name.In("cy"));
        Assert.Equal(["podcast", "audio", "storytelling"], Sample.Brighton.Badges["first-podcast"].Tags.Select(t => t.In("cy")));
    }

    [Fact]
    public void A_tag_that_is_given_twice_is_told_in_a_city_with_one_language_too()
    {
        var parsed = Sample.Parser.Parse("brighton", Sample.Edited("brighton", "badges/first-podcast.json", ("\"audio\"", "\"podcast\"")));

        Assert.Equal("badges/first-podcast.json: $.tags[1]: is given twice; keep one", Assert.Single(parsed.Errors).ToString());
    }

    [Fact]
    public void The_schema_names_each_proof_that_a_city_can_choose()
    {
        var schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "functions", "Hub", "Schemas", "city.json")))!;

        Assert.Equal(
            [.. CityProofs.JwtNames, .. CityProofs.EmbeddedNames],
            schema["properties"]!["proofs"]!["items"]!["enum"]!.AsArray().Select(n => (string?)n));
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
