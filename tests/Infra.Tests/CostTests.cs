using System.Globalization;
using System.Text.RegularExpressions;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Infra.Tests;

/// <summary>The sheets of docs/costs.md add up, with the prices that it names.</summary>
public sealed partial class CostTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "costs.md")).ReplaceLineEndings("\n");

    public static TheoryData<string> Sheets => ["Pilot", "Nation"];

    [Theory]
    [MemberData(nameof(Sheets))]
    public void Every_line_is_what_its_arithmetic_gives(string sheet)
    {
        var lines = Lines(sheet);

        Assert.NotEmpty(lines);
        Assert.All(lines, l => Assert.Equal(decimal.Round(Evaluate(l.Arithmetic), 2, MidpointRounding.AwayFromZero), l.Cost));
    }

    [Theory]
    [MemberData(nameof(Sheets))]
    public void The_total_is_the_sum_of_the_lines(string sheet) =>
        Assert.Equal(Lines(sheet).Sum(l => l.Cost), Number(Total().Match(Section(sheet)).Groups["total"].Value));

    [Theory]
    [MemberData(nameof(Sheets))]
    public void Every_price_is_one_that_is_listed(string sheet)
    {
        var prices = Price().Matches(Section("Prices used")).Select(m => Number(m.Groups["price"].Value)).ToHashSet();

        Assert.All(Lines(sheet), l => Assert.Contains(Number(l.Arithmetic.Split('/')[0].Split('×')[^1]), prices));
    }

    private static List<(string Arithmetic, decimal Cost)> Lines(string sheet) =>
        [.. Line().Matches(Section(sheet)).Select(m => (m.Groups["sum"].Value, Number(m.Groups["cost"].Value)))];

    private static string Section(string title) => Page.Split($"## {title}\n")[1].Split("\n## ")[0];

    private static decimal Evaluate(string arithmetic)
    {
        var parts = arithmetic.Split('/');
        return parts[0].Split('×').Select(Number).Aggregate((a, b) => a * b) / (parts.Length == 2 ? Number(parts[1]) : 1);
    }

    private static decimal Number(string text) => decimal.Parse(text.Trim(), NumberStyles.Number, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| [^|*]+ \| (?<sum>[\d.,]+ ×[^|]+) \| (?<cost>[\d.,]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex(@"\| \*\*(?<total>[\d.,]+)\*\* \|")]
    private static partial Regex Total();

    [GeneratedRegex(@"\$(?<price>[\d.]*\d)")]
    private static partial Regex Price();
}
