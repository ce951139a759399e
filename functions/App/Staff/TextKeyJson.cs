using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Texts;

namespace CitiesOfLearning.App.Staff;

/// <summary>Why something is so, for programs: a key that never changes, and the sentence in English.</summary>
internal static class TextKeyJson
{
    public static JsonObject Json(this TextKey reason) => new()
    {
        ["key"] = reason.Key[(reason.Key.IndexOf('.', StringComparison.Ordinal) + 1)..],
        ["arguments"] = new JsonArray([.. reason.Arguments.Select(a => JsonValue.Create(a))]),
        ["sentence"] = reason.In(UserTexts.English),
    };
}
