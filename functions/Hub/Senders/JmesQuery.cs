using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using DevLab.JmesPath;
using DevLab.JmesPath.Expressions;
using Newtonsoft.Json.Linq;

namespace CitiesOfLearning.Hub.Senders;

/// <summary>A JMESPath expression (https://jmespath.org/specification.html), compiled once, safe to use from several threads.</summary>
public sealed class JmesQuery
{
    // The library's expressions share an evaluator that keeps the scopes of "let" on a stack: one evaluation at a time, and microseconds
    // each.
    private readonly Lock _one = new();
    private readonly JmesPathExpression _expression;

    private JmesQuery(string text, JmesPathExpression expression)
    {
        Text = text;
        _expression = expression;
    }

    public string Text { get; }

    /// <summary>False with the parser's words if the text is no JMESPath expression.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out JmesQuery? query, [NotNullWhen(false)] out string? problem)
    {
        try
        {
            query = new JmesQuery(text, new JmesPath().Parse(text));
            problem = null;
            return true;
        }
        catch (Exception e) // the library throws plain Exception for a syntax error
        {
            query = null;
            problem = e.Message;
            return false;
        }
    }

    /// <exception cref="FormatException">The text is no JMESPath expression.</exception>
    public static JmesQuery Parse(string text) =>
        TryParse(text, out var query, out var problem) ? query : throw new FormatException($"'{text}' is not JMESPath: {problem}");

    /// <summary>The conditions that an expression joins with <c>&amp;&amp;</c> at its top; itself, if it is one condition.</summary>
    public static IReadOnlyList<JmesQuery> Conjuncts(string text)
    {
        var parts = new List<string>();
        var (depth, quote, start) = (0, '\0', 0);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quote != '\0')
            {
                (quote, i) = (c == quote ? '\0' : quote, c == '\\' ? i + 1 : i);
            }
            else if (c is '\'' or '"' or '`')
            {
                quote = c;
            }
            else if (depth == 0 && c == '|')
            {
                return [Parse(text)]; // "or", or a pipe: no longer a list of conditions
            }
            else if (depth == 0 && c == '&' && text.AsSpan(i).StartsWith("&&"))
            {
                parts.Add(text[start..i].Trim());
                start = ++i + 1;
            }
            else
            {
                depth += c is '(' or '[' or '{' ? 1 : c is ')' or ']' or '}' ? -1 : 0;
            }
        }

        parts.Add(text[start..].Trim());
        return parts.All(p => TryParse(p, out _, out _)) ? [.. parts.Select(Parse)] : [Parse(text)];
    }

    /// <summary>The result, or undefined if there is none: null, a missing field, or a function given what it does not take.</summary>
    public JsonElement Find(JmesDocument document)
    {
        try
        {
            lock (_one)
            {
                var found = _expression.Transform(document.Token).AsJToken();
                return found is null || found.Type == JTokenType.Null ? default : JmesDocument.Element(found);
            }
        }
        catch (Exception) // the library throws plain Exception for invalid-type
        {
            return default;
        }
    }

    /// <summary>True only if the result is JSON's true.</summary>
    public bool IsTrue(JmesDocument document) => Find(document).ValueKind == JsonValueKind.True;

    /// <summary>The result if it is text, or a number as text (5, not 5.0).</summary>
    public string? FindText(JmesDocument document)
    {
        var found = Find(document);
        return found.ValueKind switch
        {
            JsonValueKind.String => found.GetString(),
            JsonValueKind.Number => found.GetRawText(),
            _ => null,
        };
    }
}
