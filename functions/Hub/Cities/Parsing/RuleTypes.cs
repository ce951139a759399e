using System.Text.Json;
using System.Text.RegularExpressions;

namespace CitiesOfLearning.Hub.Cities.Parsing;

/// <summary>
/// Comparisons that can never be true, because the completion never has what they compare with: most often a number that is written as
/// text, or text that is written as a number or a name. JMESPath is silent about them
/// (https://jmespath.org/specification.html#comparison-operators).
/// </summary>
internal static partial class RuleTypes
{
    private const string Part = """(?:[A-Za-z_][A-Za-z0-9_]*|"(?:[^"\\]|\\.)*")""";

    private static readonly Dictionary<string, JsonValueKind> Members = new(StringComparer.Ordinal)
    {
        ["city"] = JsonValueKind.String,
        ["source"] = JsonValueKind.String,
        ["kind"] = JsonValueKind.String,
        ["activity"] = JsonValueKind.Object,
        ["activity.id"] = JsonValueKind.String,
        ["activity.name"] = JsonValueKind.String,
        ["learner"] = JsonValueKind.Object,
        ["learner.account"] = JsonValueKind.String,
        ["learner.address"] = JsonValueKind.String,
        ["learner.name"] = JsonValueKind.String,
        ["learner.language"] = JsonValueKind.String,
        ["occurredAt"] = JsonValueKind.String,
        ["evidence"] = JsonValueKind.Array,
        ["score"] = JsonValueKind.Number,
    };

    [GeneratedRegex(
        @"(?<text>'(?:[^'\\]|\\.)*')|(?<json>`(?:[^`\\]|\\.)*`)|(?<path>" + Part + @"(?:\." + Part + ")*)" +
        @"|(?<op>[=!<>]=|[<>])|(?<other>\|\||&&|\S)",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Token { get; }

    /// <summary>What never matches in an expression that is well-formed, in words; empty as a rule.</summary>
    public static IEnumerable<string> Problems(string expression)
    {
        var tokens = Token.Matches(expression);
        var depth = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (token.Value == "|")
            {
                yield break; // what follows is about something else
            }

            depth += token.Value is "[" or "{" ? 1 : token.Value is "]" or "}" ? -1 : 0;
            if (depth == 0
                && token.Groups["op"].Success
                && Operand(tokens, i - 1, i - 2) is { } left
                && Operand(tokens, i + 1, i + 2) is { } right
                && Problem(left, token.Value, right) is { } problem)
            {
                yield return problem;
            }
        }
    }

    // A whole side of a comparison, and not the end of something longer.
    private static Match? Operand(MatchCollection tokens, int at, int beyond)
    {
        var isWhole = beyond < 0 || beyond >= tokens.Count || tokens[beyond].Value is not ("." or "[" or "]" or "(" or "{" or "}" or ":")
            || (beyond < at && tokens[beyond].Value == "(");
        return at >= 0 && at < tokens.Count && isWhole && !tokens[at].Groups["other"].Success && !tokens[at].Groups["op"].Success
            ? tokens[at]
            : null;
    }

    private static string? Problem(Match left, string op, Match right)
    {
        if ((Unknown(left) ?? Unknown(right)) is { } unknown)
        {
            return $"a completion has no {unknown}; text stands in single quotes: '{unknown.Trim('"')}'";
        }

        var (one, other) = (Kind(left), Kind(right));
        return op is "==" or "!="
            ? one == other || one == JsonValueKind.Null || other == JsonValueKind.Null
                ? null
                : $"{left.Value} is {Name(one)} and {right.Value} is {Name(other)}, so they are never equal; {Remedy}"
            : one == JsonValueKind.Number && other == JsonValueKind.Number
                ? null
                : $"{left.Value} {op} {right.Value} compares {Name(one)} with {Name(other)}, and only numbers are more or less; {Remedy}";
    }

    private const string Remedy = "text stands in single quotes ('5'), a number in backticks (`0.6`)";

    private static string? Unknown(Match operand) =>
        operand.Groups["path"].Success && !Members.ContainsKey(Path(operand.Value)) ? operand.Value : null;

    private static string Path(string written) => written.Replace("\"", "", StringComparison.Ordinal);

    private static JsonValueKind Kind(Match operand)
    {
        if (!operand.Groups["json"].Success)
        {
            return operand.Groups["text"].Success ? JsonValueKind.String : Members[Path(operand.Value)];
        }

        try
        {
            var kind = JsonElement.Parse(operand.Value[1..^1].Replace("\\`", "`", StringComparison.Ordinal)).ValueKind;
            return kind == JsonValueKind.False ? JsonValueKind.True : kind;
        }
        catch (JsonException)
        {
            return JsonValueKind.String; // `text`, as JMESPath once let it be written
        }
    }

    private static string Name(JsonValueKind kind) => kind switch
    {
        JsonValueKind.String => "text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        JsonValueKind.Null => "nothing",
        _ => "true or false",
    };
}
