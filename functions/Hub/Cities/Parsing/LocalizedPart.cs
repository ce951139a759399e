using System.Text.Json;

namespace CitiesOfLearning.Hub.Cities.Parsing;

/// <summary>
/// Text that people read: <c>"text"</c> in a city with one language, else <c>{ "en": "…", "cy": "…" }</c> with each of its languages.
/// No language may lag behind another.
/// </summary>
internal static class LocalizedPart
{
    public static LocalizedText Nothing { get; } = new(new Dictionary<string, string> { [""] = "" });

    public static LocalizedText Read(Reading reading, string file, string path, JsonElement value, int maxLength)
    {
        var languages = reading.Languages;
        switch (value.ValueKind)
        {
            case JsonValueKind.String when languages.Count <= 1:
                Check(path, value);
                return languages.Count == 1 ? new(new OrderedDictionary<string, string> { [languages[0]] = value.GetString()! }) : Nothing;
            case JsonValueKind.Object:
                return ByLanguage();
            default:
                var example = string.Join(", ", languages.Select(l => $"\"{l}\": \"…\""));
                reading.Report(
                    file,
                    path,
                    languages.Count > 1 ? $"must be written in each of the city's languages: {{ {example} }}" : "must be text in quotes");
                return Nothing;
        }

        LocalizedText ByLanguage()
        {
            var texts = new Dictionary<string, string>();
            foreach (var member in value.EnumerateObject())
            {
                if (languages.Count > 0 && !languages.Contains(member.Name))
                {
                    reading.Report(file, $"{path}.{member.Name}", $"is not one of the city's languages: {string.Join(", ", languages)}");
                }
                else if (!texts.TryAdd(member.Name, ""))
                {
                    reading.Report(file, $"{path}.{member.Name}", "is given twice; keep one");
                }
                else if (Check($"{path}.{member.Name}", member.Value))
                {
                    texts[member.Name] = member.Value.GetString()!;
                }
            }

            foreach (var missing in languages.Where(l => !texts.ContainsKey(l)))
            {
                reading.Report(file, $"{path}.{missing}", "is missing: every text needs each of the city's languages");
            }

            var ordered = new OrderedDictionary<string, string>(languages
                .Where(texts.ContainsKey)
                .Select(l => KeyValuePair.Create(l, texts[l])));
            return ordered.Count == 0 ? Nothing : new(ordered);
        }

        bool Check(string at, JsonElement text)
        {
            var problem = text.ValueKind == JsonValueKind.String
                ? TextRules.Problem(text.GetString()!, maxLength)
                : "must be text in quotes";
            if (problem is not null)
            {
                reading.Report(file, at, problem);
            }

            return problem is null;
        }
    }
}
