using System.Globalization;
using System.Text.Json;
using CitiesOfLearning.Hub.Identifiers;

namespace CitiesOfLearning.Hub.Cities.Parsing;

/// <summary>
/// One JSON object of a definition, read strictly: each member is asked for by name, and what nobody asked for is a mistake. A problem is
/// reported and a stand-in returned, so that one reading finds every problem.
/// </summary>
internal sealed class JsonPart
{
    private readonly Reading _reading;
    private readonly Dictionary<string, JsonElement> _members = [];
    private readonly HashSet<string> _asked = [];

    public JsonPart(Reading reading, string file, string path, JsonElement element)
    {
        (_reading, File, Path) = (reading, file, path);
        foreach (var member in element.EnumerateObject())
        {
            // Null means "not given", so that stewards may leave a member visible but empty.
            if (!_members.TryAdd(member.Name, member.Value))
            {
                Report(member.Name, "is given twice; keep one");
            }
        }
    }

    public string File { get; }

    public string Path { get; }

    public IEnumerable<string> Names => _members.Keys;

    public void Report(string name, string message) => _reading.Report(File, $"{Path}.{name}", message);

    public void Warn(string name, string message) => _reading.Warn(File, $"{Path}.{name}", message);

    public void Skip(string name) => _asked.Add(name);

    public void RefuseOthers()
    {
        foreach (var name in _members.Keys.Except(_asked))
        {
            Report(
                name, $"is not known here; known are: {string.Join(", ", _asked.Where(n => n[0] != '$').Order(StringComparer.Ordinal))}");
        }
    }

    public string Text(string name, int maxLength) => OptionalText(name, maxLength, required: true) ?? "";

    public string? OptionalText(string name, int maxLength, bool required = false)
    {
        if (Value(name, required) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            Report(name, "must be text in quotes");
            return null;
        }

        return TextRules.Problem(value.GetString()!, maxLength) is { } problem ? Refuse(name, problem) : value.GetString();
    }

    public LocalizedText Localized(string name, int maxLength) =>
        OptionalLocalized(name, maxLength, required: true) ?? LocalizedPart.Nothing;

    public LocalizedText? OptionalLocalized(string name, int maxLength, bool required = false) =>
        Value(name, required) is { } value ? LocalizedPart.Read(_reading, File, $"{Path}.{name}", value, maxLength) : null;

    /// <summary>An address on the web, as credentials hold it.</summary>
    public string? OptionalUrl(string name)
    {
        var text = OptionalText(name, WebAddress.MaxCharacters);
        return text is null ? null : WebAddress.Normalize(text) ?? Refuse(name, "must be a full address that starts with https://");
    }

    public string Id(string name)
    {
        var text = Text(name, 40);
        return text.Length == 0 || Reading.IsId(text) ? text : Refuse(name, "must be 1 to 40 lower-case letters, digits and hyphens") ?? "";
    }

    public string OneOf(string name, IReadOnlyCollection<string> allowed, string? otherwise = null)
    {
        var text = OptionalText(name, 100, required: otherwise is null) ?? otherwise;
        return text is null || allowed.Contains(text) ? text
            ?? "" : Refuse(name, $"\"{text}\" is not one of: {string.Join(", ", allowed)}") ?? "";
    }

    public int Number(string name, int least, int max, int? otherwise = null)
    {
        if (Value(name, required: otherwise is null) is not { } value)
        {
            return otherwise ?? least;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= max)
        {
            return number;
        }

        Report(name, string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {least} to {max}"));
        return least;
    }

    public DateOnly? OptionalDay(string name)
    {
        var text = OptionalText(name, 10);
        if (text is not null && !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            Report(name, "must be a day as in 2026-09-01");
            return null;
        }

        return text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    public T? Part<T>(string name, Func<JsonPart, T> read, bool required = false)
        where T : class => Value(name, required) is { } value ? Open($"{Path}.{name}", value, read) : null;

    /// <summary>A list of objects.</summary>
    public IReadOnlyList<T> Parts<T>(string name, Func<JsonPart, T> read, bool required = false)
        where T : class => [.. Items(name, required).Select(item => Open(item.Path, item.Value, read)).OfType<T>()];

    /// <summary>An object whose member names are ids.</summary>
    public IReadOnlyDictionary<string, T> PartsById<T>(string name, Func<string, JsonPart, T> read)
        where T : class => Part(name, all => all.Names.ToDictionary(id => id, id => all.Member(id, read)), required: true)?
            .Where(p => p.Value is not null).ToDictionary(p => p.Key, p => p.Value!) ?? [];

    /// <summary>A list of texts.</summary>
    public IReadOnlyList<string> Texts(string name, int maxLength, bool required = false)
    {
        var texts = new List<string>();
        foreach (var (path, value) in Items(name, required))
        {
            var problem = value.ValueKind != JsonValueKind.String ? "must be text in quotes"
                : texts.Contains(value.GetString()!) ? "is given twice; keep one"
                : TextRules.Problem(value.GetString()!, maxLength);
            if (problem is null)
            {
                texts.Add(value.GetString()!);
            }
            else
            {
                _reading.Report(File, path, problem);
            }
        }

        return texts;
    }

    /// <summary>A list of texts that people read.</summary>
    public IReadOnlyList<LocalizedText> LocalizedTexts(string name, int maxLength)
    {
        var texts = new List<LocalizedText>();
        foreach (var (path, value) in Items(name, required: false))
        {
            var text = LocalizedPart.Read(_reading, File, path, value, maxLength);
            foreach (var (language, _) in text.Texts.Where(t => t.Value.Length > 0 && texts.Any(e => e.Texts.Contains(t))))
            {
                _reading.Report(File, value.ValueKind == JsonValueKind.Object ? $"{path}.{language}" : path, "is given twice; keep one");
            }

            texts.Add(text);
        }

        return texts;
    }

    private T? Member<T>(string id, Func<string, JsonPart, T> read)
        where T : class
    {
        if (!Reading.IsId(id))
        {
            Report(id, "must be named with 1 to 40 lower-case letters, digits and hyphens");
        }

        return Part(id, part => read(id, part), required: true);
    }

    private IEnumerable<(string Path, JsonElement Value)> Items(string name, bool required)
    {
        if (Value(name, required) is not { } value)
        {
            return [];
        }

        if (value.ValueKind == JsonValueKind.Array)
        {
            return value.EnumerateArray().Select((item, i) => ($"{Path}.{name}[{i}]", item));
        }

        Report(name, "must be a list: [ … ]");
        return [];
    }

    private T? Open<T>(string path, JsonElement value, Func<JsonPart, T> read)
        where T : class
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            _reading.Report(File, path, "must be an object: { … }");
            return null;
        }

        var part = new JsonPart(_reading, File, path, value);
        var result = read(part);
        part.RefuseOthers();
        return result;
    }

    private JsonElement? Value(string name, bool required)
    {
        _asked.Add(name);
        if (_members.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null)
        {
            return value;
        }

        if (required)
        {
            Report(name, "is missing");
        }

        return null;
    }

    private string? Refuse(string name, string message)
    {
        Report(name, message);
        return null;
    }
}
