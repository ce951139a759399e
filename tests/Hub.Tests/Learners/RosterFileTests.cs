using System.Text;
using CitiesOfLearning.Hub.Learners;
using CitiesOfLearning.Hub.Tests.Cities;
using CitiesOfLearning.Hub.Texts;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Learners;

/// <summary>F6, F15: what spreadsheets save is read, and what cannot be used is told with its line and what to do.</summary>
public sealed class RosterFileTests
{
    private const string Header = "account,address,name,language\n";

    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static TheoryData<string, byte[]> Spreadsheets => new()
    {
        { "UTF-8", Utf8("account,address,name,language\n7,ada@example.org,Siân Pŵ,cy\n") },
        { "UTF-8 with a mark", [0xEF, 0xBB, 0xBF, .. Utf8("account,address,name,language\r\n7,ada@example.org,Siân Pŵ,cy\r\n")] },
        { "blank rows", Utf8("\n,,,\naccount,address,name,language\n,,,\n\n7,ada@example.org,Siân Pŵ,cy\n , ,\t,\n,,,") },
        { "blank columns", Utf8("account,address,name,language,,\n7,ada@example.org,Siân Pŵ,cy,,\n,,,,,\n") },
        { "semicolons", Utf8("account;address;name;language\r\n7;ada@example.org;Siân Pŵ;cy\r\n;;;\r\n") },
        { "semicolons, and said so", Utf8("sep=;\r\naccount;address;name;language\r\n7;ada@example.org;Siân Pŵ;cy") },
        { "tabs", Utf8("account\taddress\tname\tlanguage\n7\tada@example.org\tSiân Pŵ\tcy\n\t\t\t\n") },
        { "old Mac line ends", Utf8("account,address,name,language\r7,ada@example.org,Siân Pŵ,cy\r") },
        { "quotes everywhere", Utf8("\"account\",\"address\",\"name\",\"language\"\n\"7\",\"ada@example.org\",\"Siân Pŵ\",\"cy\"\n") },
        { "names of columns in other letters", Utf8("Account, Address ,NAME,Language\n 7 , ada@example.org ,Siân Pŵ, cy-GB\n") },
        { "what takes no room", Utf8("account,address,name,language\n7\u200b,ada@example.org\u200b,\u00a0Siân Pŵ,cy\n") },
        {
            "Unicode Text of Excel",
            [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("account\taddress\tname\tlanguage\r\n7\tada@example.org\tSiân Pŵ\tcy\r\n")]
        },
        { "UTF-16, big end first", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Header + "7,ada@example.org,Siân Pŵ,cy")] },
        { "UTF-16 without a mark", Encoding.Unicode.GetBytes(Header + "7,ada@example.org,Siân Pŵ,cy") },
        { "UTF-16 without a mark, big end first", Encoding.BigEndianUnicode.GetBytes(Header + "7,ada@example.org,Siân Pŵ,cy") },
    };

    [Theory]
    [MemberData(nameof(Spreadsheets))]
    public void What_a_spreadsheet_saves_is_read(string how, byte[] file)
    {
        var roster = RosterFile.Read(file, Sample.Plymouth);

        Assert.True(roster.Refused.Count == 0, $"{how}: {string.Join('\n', roster.Refused.Select(r => r.In(UserTexts.English)))}");
        var said = SaidLearner.Of(Sample.Plymouth, Assert.Single(roster.Lines).Learner);
        Assert.Equal(new("7", "ada@example.org", "Siân Pŵ", "cy"), said);
    }

    [Fact]
    public void Windows_1252_is_what_is_not_UTF_8()
    {
        var roster = RosterFile.Read(Windows1252.GetBytes("account;address;name;language\r\n7;;Siân O’Brien;\r\n"), Sample.Plymouth);

        Assert.Equal("Siân O’Brien", Assert.Single(roster.Lines).Learner.Name);
    }

    [Theory]
    [InlineData("7,,\"Marsh, Ada\",en", "Marsh, Ada")]
    [InlineData("7,,\"Ada \"\"Ace\"\" Marsh\",en", "Ada \"Ace\" Marsh")]
    [InlineData("7,,Ada \"Ace\" Marsh,en", "Ada \"Ace\" Marsh")]
    [InlineData("7,,Ada", "Ada")]
    [InlineData("7,, \"Ada\" ,", "Ada")]
    public void A_name_may_have_the_separator_and_quotes_in_it(string line, string name) =>
        Assert.Equal(name, Assert.Single(Read(Header + line).Lines).Learner.Name);

    [Theory]
    [InlineData("", "Roster.empty", 0)]
    [InlineData(" \r\n,\r\n", "Roster.header", 1)]
    [InlineData("7,ada@example.org,Ada,en\n", "Roster.header", 1)]
    [InlineData("account,email,name,language\n7,ada@example.org,Ada,en\n", "Roster.header", 1)]
    [InlineData("account|address|name|language\n7|ada@example.org|Ada|en\n", "Roster.header", 1)]
    [InlineData(Header + "7,,,\n", "Roster.nobody", 2)]
    [InlineData(Header + ",ada@example.org,Ada,en\n", "Roster.noAccount", 2)]
    [InlineData(Header + ",,,\n7,ada at example,Ada,en\n", "Roster.address", 3)]
    [InlineData(Header + "7,,Ada,fr\n", "Roster.language", 2)]
    [InlineData(Header + "7,,Marsh, Ada,en\n", "Roster.columns", 2)]
    [InlineData(Header + "7,,\"Ada\nMarsh\",en\n8,,Bea,en\n", "Roster.openQuote", 2)]
    [InlineData(Header + "8,,Bea,en\n7,,\"Ada,en\n9,,Nia,en\n", "Roster.openQuote", 3)]
    [InlineData(Header + "7,,A\u0007da,en\n", "Roster.control", 2)]
    [InlineData(Header + "7,,A\u0000da,en\n", "Roster.control", 2)]
    [InlineData(Header + "Morwenna-1,,Ada,en\n8,,Bea,en\nMORWENNA-1 ,,Cai,en\n", "Roster.twice", 4)]
    public void What_cannot_be_used_is_told_with_its_line(string file, string reason, int line)
    {
        var refused = Assert.Single(Read(file).Refused);

        Assert.Equal((reason, line), (refused.Reason.Key, refused.Number));
        Assert.NotEmpty(refused.In(UserTexts.English));
        Assert.NotEmpty(refused.In(UserTexts.Welsh));
    }

    [Fact]
    public void The_other_lines_are_taken_and_nobody_is_quoted()
    {
        var roster = Read(Header + "7,secret person,Secret Person,xx\n8,,Bea,en\n9,secret@example.org@,Secret,en\n");

        Assert.Equal("8", Assert.Single(roster.Lines).Learner.Account);
        Assert.Equal([2, 4], roster.Refused.Select(r => r.Number));
        Assert.All(roster.Refused, r => Assert.DoesNotContain("secret", r.In(UserTexts.English), StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>F6: one definition of an address. What the resolver would drop, the roster refuses.</summary>
    [Fact]
    public void Every_address_that_is_taken_is_one_that_is_mailed()
    {
        string[] addresses =
        [
            "ทดสอบ@example.org", "संपर्क@example.org", "\"\"\"ada lovelace\"\"@example.org\"", "zw@example.org\u200b",
            "under@my_school.example.org", "ada@example.org.", "o\u2019brien@example.org", new string('x', 70) + "@example.org",
            "=?utf-8?q?x?=@example.org", "a b@example.org", "ada@example", "o'brien@example.org", "ada+badges@example.org",
        ];

        var roster = Read(Header + string.Join('\n', addresses.Select((a, i) => $"{i},{a},,")));

        Assert.Equal(addresses.Length, roster.Lines.Count + roster.Refused.Count);
        Assert.All(roster.Lines, l => Assert.NotNull(SaidLearner.Of(Sample.Plymouth, l.Learner).Address));
        Assert.All(roster.Refused, r => Assert.Equal("Roster.address", r.Reason.Key));
    }

    [Fact]
    public void A_file_has_a_limit_of_bytes_and_of_lines()
    {
        var lines = string.Concat(Enumerable.Range(0, 20_001).Select(i => $"{i},,Ada,\n"));

        Assert.Equal("Roster.tooMany", Assert.Single(Read(Header + lines).Refused).Reason.Key);
        Assert.Equal(20_000, Read(Header + lines[..lines.LastIndexOf("20000,", StringComparison.Ordinal)]).Lines.Count);
        Assert.Equal("Roster.tooLarge", Assert.Single(Read(Header + new string('x', 4 << 20)).Refused).Reason.Key);
    }

    private static RosterFile Read(string text) => RosterFile.Read(Utf8(text), Sample.Plymouth);

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
