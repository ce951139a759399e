using System.Globalization;
using System.Text.Json;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.OpenBadges.Json;

namespace CitiesOfLearning.Hub.Completions;

/// <summary>Reads a list of <c>{url, description}</c>. Addresses are https: they end up as links in a public credential.</summary>
public static class EvidenceList
{
    private const int MaxItems = 20, MaxDescriptionCharacters = 2000;

    /// <summary>As much as anybody can send.</summary>
    public static IReadOnlyList<Evidence> Longest { get; } =
    [
        .. Enumerable.Range(0, MaxItems).Select(i => new Evidence(
            string.Create(CultureInfo.InvariantCulture, $"https://example.org/{i}/").PadRight(WebAddress.MaxCharacters, 'x'),
            new string('x', MaxDescriptionCharacters))),
    ];

    /// <summary>What can be used of it.</summary>
    /// <param name="leftOut">Gets the name of each part that cannot.</param>
    internal static IReadOnlyList<Evidence> Read(JsonElement found, ICollection<string> leftOut)
    {
        if (found.ValueKind != JsonValueKind.Array)
        {
            if (found.ValueKind != JsonValueKind.Undefined)
            {
                leftOut.Add("evidence");
            }

            return [];
        }

        var list = new List<Evidence>();
        foreach (var (index, item) in found.EnumerateArray().Take(MaxItems).Index())
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"evidence[{index}]");
            if (item.ValueKind != JsonValueKind.Object)
            {
                leftOut.Add(name);
                continue;
            }

            var url = Part(item, name, "url", WebAddress.Normalize, leftOut);
            var description = Part(
                item, name, "description", text => text.Length <= MaxDescriptionCharacters ? text : null, leftOut);
            if (url is not null || description is not null)
            {
                list.Add(new Evidence(url, description));
            }
        }

        if (found.GetArrayLength() > MaxItems)
        {
            leftOut.Add(string.Create(CultureInfo.InvariantCulture, $"evidence[{MaxItems}]"));
        }

        return list;
    }

    private static string? Part(JsonElement item, string of, string name, Func<string, string?> usable, ICollection<string> leftOut)
    {
        if (item.Member(name) is null or { ValueKind: JsonValueKind.Null })
        {
            return null;
        }

        var text = item.Text(name) is { } sent ? PastedText.Trim(sent) : null;
        if (text is { Length: 0 })
        {
            return null;
        }

        var part = text is null ? null : usable(text);
        if (part is null)
        {
            leftOut.Add($"{of}.{name}");
        }

        return part;
    }
}
