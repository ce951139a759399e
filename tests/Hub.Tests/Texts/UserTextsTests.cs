using System.Text.RegularExpressions;
using System.Xml.Linq;
using CitiesOfLearning.Hub.Texts;

namespace CitiesOfLearning.Hub.Tests.Texts;

public sealed partial class UserTextsTests
{
    private static readonly string Functions = Path.Combine(Root(), "functions");
    private static readonly Dictionary<string, string> English = Read("UserTexts.resx");
    private static readonly Dictionary<string, string> Comments = Read("UserTexts.resx", "comment");
    private static readonly Dictionary<string, string> Welsh = Read("UserTexts.cy.resx");
    private static readonly string Sources = string.Join('\n', new[] { "*.cs", "*.razor" }
        .SelectMany(p => Directory.EnumerateFiles(Functions, p, SearchOption.AllDirectories))
        .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(d => d is "obj" or "bin"))
        .Select(File.ReadAllText));

    [Fact]
    public void Both_languages_say_the_same_things()
    {
        Assert.NotEmpty(English);
        Assert.Equal(English.Keys.Order(StringComparer.Ordinal), Welsh.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Both_languages_have_the_same_gaps_and_nothing_is_empty()
    {
        foreach (var (key, sentence) in English)
        {
            Assert.False(string.IsNullOrWhiteSpace(sentence), key);
            Assert.False(string.IsNullOrWhiteSpace(Welsh[key]), key);
            Assert.True(Gaps(sentence).SequenceEqual(Gaps(Welsh[key])), key);
        }
    }

    /// <summary>A sentence that is the same in both was forgotten, unless it is a name or written the same.</summary>
    [Fact]
    public void No_english_is_left_in_the_welsh()
    {
        string[] same = ["Slip.title"];

        Assert.Equal(same, English.Where(e => e.Value == Welsh[e.Key]).Select(e => e.Key));
        Assert.All(Welsh, s => Assert.DoesNotMatch(EnglishWord(), s.Value));
    }

    /// <summary>
    /// A Welsh name changes its first letter after these words (gan Lyfrgelloedd, o Gaerdydd, yng Nghlwb …), and a program cannot change
    /// it. Put the gap after a colon, a plural noun, or what changes nothing: ar ran, yn ôl, ger.
    /// </summary>
    [Fact]
    public void In_welsh_no_name_follows_a_word_that_mutates()
    {
        // Nobody mutates figures, host names and addresses.
        string[] fixedForms = ["day", "moment", "moment, ISO 8601", "how many", "host", "host or identifier", "address"];

        // Labels: what stands beside them is a day or an address. The last two end in "bob un", and nothing follows.
        string[] labels =
            ["Badge.issuedOn", "Badge.date", "Badge.validUntil", "Mail.goesTo", "Waiting.noneChosen", "Waiting.replayAll"];

        var names = Welsh
            .SelectMany(s => GapAfterMutation().Matches(s.Value).Select(m => (s.Key, Gap: m.Groups["gap"].Value, s.Value)))
            .Where(g => !fixedForms.Contains(Filled(g.Key, g.Gap)))
            .Select(g => $"{g.Key}: {g.Value}")
            .ToArray();
        Assert.True(names.Length == 0, string.Join('\n', names));
        Assert.Equal(labels.Order(), Welsh.Where(s => EndsInMutation().IsMatch(s.Value)).Select(s => s.Key).Order());
    }

    [Fact]
    public void Every_sentence_that_the_sources_name_exists()
    {
        var named = NamedSentence().Matches(Sources).Select(m => m.Groups["key"].Value).Distinct();

        var missing = named.Where(k => !English.ContainsKey(k)).ToArray();
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_sentence_is_used()
    {
        // $"Answer.{question}.yes" may name any sentence of that shape.
        var shapes = ShapedKey()
            .Matches(Sources)
            .Select(m => new Regex("^" + Gap().Replace(Regex.Escape(m.Groups["key"].Value), "[A-Za-z]+") + "$"))
            .ToArray();

        var unused = English.Keys
            .Where(k => !Sources.Contains($"\"{k}\"", StringComparison.Ordinal) && !shapes.Any(s => s.IsMatch(k)))
            .ToArray();
        Assert.Empty(unused);
    }

    [Theory]
    [InlineData("en", "It ran out on 31 December 2027.")]
    [InlineData("cy", "Daeth i ben ar 31 Rhagfyr 2027.")]
    public void A_day_in_a_report_is_written_as_people_write_it(string language, string expected)
    {
        Assert.Equal(expected, UserTexts.In(language).Format("Check.dates.expired", ["2027-12-31"]));
        Assert.Equal(expected, UserTexts.In(language).Format("Check.dates.expired", ["2027-12-31T23:59:59Z"]));
        Assert.Equal(expected, UserTexts.In(language).Format("Check.dates.expired", ["2027-12-31T00:30:00.0000000+01:00"]));
    }

    [Fact]
    public void A_moment_says_that_it_is_in_utc()
    {
        var moment = new DateTimeOffset(2026, 11, 23, 10, 5, 0, TimeSpan.FromHours(1));

        Assert.Equal("23 November 2026, 09:05 UTC", UserTexts.English.Moment(moment));
        Assert.Equal("23 Tachwedd 2026, 09:05 UTC", UserTexts.Welsh.Moment(moment));
    }

    [GeneratedRegex(@"\{(\d)\}")]
    private static partial Regex Numbered();

    private const string Mutating =
        @"(?i)(?<![\p{L}’])(gan|i|o|am|ar|at|dan|dros|drwy|trwy|heb|hyd|wrth|tan|neu|yn|fy|dy|ei|a|â|gyda|na|ni|tua|dyma|dyna|y|un|" +
        "dau|dwy|tri|chwe)|’(n|r|i|w)";

    [GeneratedRegex($@"({Mutating})\s+\{{(?<gap>\d)\}}")]
    private static partial Regex GapAfterMutation();

    [GeneratedRegex($@"({Mutating})\W*$")]
    private static partial Regex EndsInMutation();

    [GeneratedRegex(@"\{(?<gap>\d)\} (?<what>.+?)(?=, \{|$)")]
    private static partial Regex Explained();

    [GeneratedRegex(@"(?i)\b(the|and|badge|this|your|with|from|cannot|please)\b")]
    private static partial Regex EnglishWord();

    [GeneratedRegex(
        """(?:[Tt]exts|UserTexts\.English|UserTexts\.Welsh)\["(?<key>[^"]+)"|new TextKey\("(?<key>[^"]+)"|new\("(?<key>[A-Z][a-z]+\.[a-""" +
        """z]+\.[A-Za-z]+)"\)""")]
    private static partial Regex NamedSentence();

    [GeneratedRegex("""\$"(?<key>[A-Z][a-zA-Z]+\.[^" ]*\{[^"]*)"(?! *\+)""")]
    private static partial Regex ShapedKey();

    [GeneratedRegex(@"\\\{[^}]*}")]
    private static partial Regex Gap();

    private static IEnumerable<string> Gaps(string sentence) =>
        Numbered().Matches(sentence).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal);

    /// <summary>What fills the gap, as the comment on the English sentence says.</summary>
    private static string? Filled(string key, string gap) =>
        Explained().Matches(Comments.GetValueOrDefault(key, "")).FirstOrDefault(m => m.Groups["gap"].Value == gap)?.Groups["what"].Value;

    private static Dictionary<string, string> Read(string file, string part = "value") => XDocument
        .Load(Path.Combine(Functions, "Hub", "Texts", file)).Root!
        .Elements("data")
        .Where(d => d.Element(part) is not null)
        .ToDictionary(d => d.Attribute("name")!.Value, d => d.Element(part)!.Value);

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "CitiesOfLearning.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return folder;
    }
}
