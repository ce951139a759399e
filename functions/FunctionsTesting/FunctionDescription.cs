using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.FunctionsTesting;

/// <summary>A function of the app under test.</summary>
/// <param name="Name">As in its <c>[Function]</c> attribute.</param>
/// <param name="Trigger">What its binding is named, without "Trigger": <c>http</c>, <c>queue</c>, <c>timer</c>.</param>
/// <param name="Route">Its template with host.json's prefix; null unless it is triggered by HTTP.</param>
/// <param name="Methods">Of HTTP; empty for any.</param>
public sealed record FunctionDescription(string Name, string Trigger, string? Route, IReadOnlyList<string> Methods);

/// <summary>How one invocation ended.</summary>
/// <param name="InvocationId">That its <see cref="FunctionLog"/>s have.</param>
/// <param name="Failure">What the function threw; null if it succeeded.</param>
public sealed record FunctionOutcome(string InvocationId, FunctionFailedException? Failure)
{
    /// <summary>Whether the function returned.</summary>
    public bool Succeeded => Failure is null;
}

/// <summary>A message that the worker logged to its host.</summary>
/// <param name="Category">Of its logger.</param>
/// <param name="Level">As it was logged.</param>
/// <param name="Message">With its values in place.</param>
/// <param name="Exception">The text of what was logged with it, type and message first; null for none.</param>
/// <param name="InvocationId">Null for what belongs to no invocation.</param>
public sealed record FunctionLog(string Category, LogLevel Level, string Message, string? Exception, string? InvocationId);
