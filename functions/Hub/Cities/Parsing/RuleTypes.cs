using System.Text.Json;
using System.Text.RegularExpressions;

namespace CitiesOfLearning.Hub.Cities.Parsing;

/// <summary>
/// Comparisons that can never be true, because the completion never has what they compare with: most often a number that is written as
/// text, text that is written as a number or a name, or a score of 60. JMESPath is silent about them
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

    private const string Remedy = "text stands in single quotes ('5'), a number in backticks (`0.6`)";

    [GeneratedRegex(
        @"(?<text>'(?:[^'\\]|\\.)*')|(?<json>`(?:[^`\\]|\\.)*`)|(?<path>" + Part + @"(?:\." + Part + ")*)" +
        @"|(?<op>[=!<>]=|[<>])|(?<other>\|\||&&|\S)",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Token { get; }

    // What the functions of JMESPath give that always give one kind.
    private static readonly Dictionary<string, JsonValueKind> Functions = new(StringComparer.Ordinal)
    {
        ["abs"] = JsonValueKind.Number,
        ["avg"] = JsonValueKind.Number,
        ["ceil"] = JsonValueKind.Number,
        ["contains"] = JsonValueKind.True,
        ["ends_with"] = JsonValueKind.True,
        ["floor"] = JsonValueKind.Number,
        ["join"] = JsonValueKind.String,
        ["length"] = JsonValueKind.Number,
        ["starts_with"] = JsonValueKind.True,
        ["sum"] = JsonValueKind.Number,
        ["to_number"] = JsonValueKind.Number,
        ["to_string"] = JsonValueKind.String,
        ["type"] = JsonValueKind.String,
    };

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
            if (depth > 0)
            {
                continue;
            }

            if (token.Groups["path"].Success && At(tokens, i - 1) is not ("." or "&") && At(tokens, i + 1) != "(")
            {
                if (!Members.ContainsKey(Path(token.Value)))
                {
                    yield return $"a completion has no {token.Value}; text stands in single quotes: '{token.Value.Trim('"')}'";
                }
            }
            else if (token.Groups["op"].Success
                && Left(tokens, i - 1) is { } left
                && Right(tokens, i + 1) is { } right
                && Problem(left, token.Value, right) is { } problem)
            {
                yield return problem;
            }
        }
    }

    private static string? At(MatchCollection tokens, int at) => at >= 0 && at < tokens.Count ? tokens[at].Value : null;

    // A whole side of a comparison, and not the end of something longer; null if it is not certain what kind of thing that is.
    private static Operand? Left(MatchCollection tokens, int end)
    {
        var start = end;
        for (var open = 0; start >= 0; start--)
        {
            open += At(tokens, start) == ")" ? 1 : At(tokens, start) == "(" ? -1 : 0;
            if (open == 0)
            {
                break;
            }
        }

        start -= start >= 0 && start < end ? 1 : 0;
        return At(tokens, start - 1) is "." or "]" or "}" or "!" or "&" or ":" ? null : Of(tokens, start, isCall: start < end);
    }

    private static Operand? Right(MatchCollection tokens, int start)
    {
        var isCall = At(tokens, start + 1) == "(";
        var end = isCall ? start + 1 : start;
        for (var open = 0; isCall && end < tokens.Count; end++)
        {
            open += At(tokens, end) == "(" ? 1 : At(tokens, end) == ")" ? -1 : 0;
            if (open == 0)
            {
                break;
            }
        }

        return At(tokens, end + 1) is "." or "[" or "{" ? null : Of(tokens, start, isCall);
    }

    private static Operand? Of(MatchCollection tokens, int at, bool isCall)
    {
        if (at < 0 || at >= tokens.Count)
        {
            return null;
        }

        var token = tokens[at];
        if (isCall)
        {
            return Functions.TryGetValue(token.Value, out var given) ? new($"{token.Value}(…)", given) : null;
        }

        return token.Groups["text"].Success ? new(token.Value, JsonValueKind.String)
            : token.Groups["json"].Success ? Literal(token.Value)
            : token.Groups["path"].Success && Members.TryGetValue(Path(token.Value), out var kind) ? new(token.Value, kind)
            : null;
    }

    private static Operand Literal(string written)
    {
        try
        {
            var json = JsonElement.Parse(written[1..^1].Replace("\\`", "`", StringComparison.Ordinal));
            return json.ValueKind switch
            {
                JsonValueKind.Number => new(written, JsonValueKind.Number, json.GetDouble()),
                JsonValueKind.False => new(written, JsonValueKind.True),
                var kind => new(written, kind),
            };
        }
        catch (JsonException)
        {
            return new(written, JsonValueKind.String); // `text`, as JMESPath once let it be written
        }
    }

    private static string? Problem(Operand left, string op, Operand right)
    {
        var (one, other) = (left.Kind, right.Kind);
        return op is "==" or "!="
            ? one == JsonValueKind.Null || other == JsonValueKind.Null ? null
                : one == other ? OutOfReach(left, op, right)
                : $"{left.Text} is {Name(one)} and {right.Text} is {Name(other)}, so they are never equal; {Remedy}"
            : one == JsonValueKind.Number && other == JsonValueKind.Number
                ? OutOfReach(left, op, right)
                : $"{left.Text} {op} {right.Text} compares {Name(one)} with {Name(other)}, and only numbers are more or less; {Remedy}";
    }

    // Many systems count to 100; a completion's score does not.
    private static string? OutOfReach(Operand left, string op, Operand right)
    {
        var (score, number, way) = left.Number is null ? (left, right.Number, op) : (right, left.Number, Turned(op));
        var never = Path(score.Text) == "score" && way switch
        {
            "==" => number is < 0 or > 1,
            ">" => number >= 1,
            ">=" => number > 1,
            "<" => number <= 0,
            "<=" => number < 0,
            _ => false,
        };
        return never ? $"{left.Text} {op} {right.Text} is never true: a score is a number from 0 to 1" : null;
    }

    private static string Turned(string op) =>
        op[0] switch { '<' => $">{op[1..]}", '>' => $"<{op[1..]}", _ => op };

    private static string Path(string written) => written.Replace("\"", "", StringComparison.Ordinal);

    private static string Name(JsonValueKind kind) => kind switch
    {
        JsonValueKind.String => "text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        JsonValueKind.Null => "nothing",
        _ => "true or false",
    };

    /// <param name="Text">As it is written.</param>
    /// <param name="Number">If it is one that is written there.</param>
    private sealed record Operand(string Text, JsonValueKind Kind, double? Number = null);
}
