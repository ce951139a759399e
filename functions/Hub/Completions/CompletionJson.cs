using System.Text.Json;

namespace CitiesOfLearning.Hub.Completions;

/// <summary>The completion as the city's rules see it.</summary>
public static class CompletionJson
{
    /// <summary>
    /// <c>{"city","source","kind","activity":{"id","name"},"learner":{"account","address","name","language"},"occurredAt",
    /// "evidence":[{"url","description"}],"score"}</c>; what is unknown is null.
    /// </summary>
    public static JsonElement ToJson(this Completion completion) =>
        JsonSerializer.SerializeToElement(completion, JsonSerializerOptions.Web);
}
