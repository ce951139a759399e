using System.Text.Json;
using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Learners;

namespace CitiesOfLearning.App.Staff;

/// <summary>A question for programs.</summary>
internal static class QuestionJson
{
    public static JsonObject Write(Question question) => new()
    {
        ["question"] = question.Key,
        ["source"] = question.Source,
        ["learner"] = new JsonObject
        {
            ["account"] = question.Said.Account,
            ["name"] = question.Said.Name,
            ["address"] = question.Said.Address,
        },
        ["activity"] = question.Activity,
        ["occurredAt"] = question.OccurredAt,
        ["askedAt"] = question.AskedAt,
        ["reason"] = question.Reason.Json(),
        ["waiting"] = question.Waiting,
        ["answer"] = question.Answer is not { } answer ? null : new JsonObject
        {
            ["answer"] = JsonNamingPolicy.CamelCase.ConvertName(answer.Kind.ToString()),
            ["learner"] = answer.Learner,
            ["at"] = answer.At,
        },
    };
}
