using System.Globalization;
using System.Text.Json;

namespace CitiesOfLearning.OpenBadges.Json;

/// <summary>Follows a reader through a document: knows where it is, and which names each open object has had.</summary>
internal sealed class StrictJsonWalk
{
    private const int MaxPathCharacters = 200;

    private readonly Stack<Level> _open = new();

    /// <summary>Shortened in front when a sender nests long names.</summary>
    public string Path
    {
        get
        {
            var path = "$" + string.Concat(_open.Reverse().Select(l => l.Step));
            return path.Length <= MaxPathCharacters ? path : "…" + path[^MaxPathCharacters..];
        }
    }

    /// <summary>What is wrong with the token that was just read, or null.</summary>
    public string? ProblemAt(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                if (TextProblem(ref reader) is { } nameProblem)
                {
                    return nameProblem;
                }

                var name = reader.GetString()!;
                return _open.Peek().Enter(name) ? null : "stands twice in the same object";

            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                _open.Pop();
                return null;
        }

        if (_open.TryPeek(out var level))
        {
            level.Next();
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray when _open.Count == StrictJson.MaxDepth:
                return $"is nested deeper than {StrictJson.MaxDepth}";
            case JsonTokenType.StartObject:
                _open.Push(new Level(isArray: false));
                return null;
            case JsonTokenType.StartArray:
                _open.Push(new Level(isArray: true));
                return null;
            case JsonTokenType.String:
                return TextProblem(ref reader);
            case JsonTokenType.Number:
                return reader.TryGetDouble(out var number) && double.IsFinite(number) ? null : "is a number too large to hold";
            default:
                return null;
        }
    }

    private static string? TextProblem(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return null;
        }

        try
        {
            return reader.GetString()!.Contains('\0', StringComparison.Ordinal) ? "contains a NUL character" : null;
        }
        catch (InvalidOperationException)
        {
            return "contains half of a surrogate pair";
        }
    }

    private sealed class Level(bool isArray)
    {
        private readonly HashSet<string>? _names = isArray ? null : new(StringComparer.Ordinal);
        private int _index = -1;
        private string? _name;

        public string Step => isArray
            ? _index < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"[{_index}]")
            : _name is null ? "" : "." + _name;

        public bool Enter(string name)
        {
            _name = name;
            return _names!.Add(name);
        }

        public void Next() => _index++;
    }
}
