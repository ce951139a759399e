using System.Text.Json;
using CitiesOfLearning.OpenBadges.Json;

namespace CitiesOfLearning.Hub.Completions;

/// <summary>Reads a list of <c>{url, description}</c>. Addresses are https: they end up as links in a public credential.</summary>
internal static class EvidenceList
{
    private const int MaxItems = 20, MaxUrlCharacters = 2000, MaxDescriptionCharacters = 2000;

    /// <summary>Empty if there is no evidence; null if there is some that cannot be used.</summary>
    public static IReadOnlyList<Evidence>? Read(JsonElement found)
    {
        if (found.ValueKind == JsonValueKind.Undefined)
        {
            return [];
        }

        if (found.ValueKind != JsonValueKind.Array || found.GetArrayLength() > MaxItems)
        {
            return null;
        }

        var list = new List<Evidence>();
        foreach (var item in found.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object || !Text(item, "url", out var url) || !Text(item, "description", out var description)
                || (url is not null && !IsLink(url)) || description?.Length > MaxDescriptionCharacters)
            {
                return null;
            }

            if (url is not null || description is not null)
            {
                list.Add(new Evidence(url, description));
            }
        }

        return list;
    }

    private static bool IsLink(string url) =>
        url.Length <= MaxUrlCharacters && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps
        && uri.UserInfo.Length == 0 && !url.Any(c => char.IsControl(c) || char.IsWhiteSpace(c));

    private static bool Text(JsonElement item, string name, out string? text)
    {
        text = item.Text(name);
        return text is not null || item.Member(name) is null or { ValueKind: JsonValueKind.Null };
    }
}
