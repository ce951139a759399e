using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace CitiesOfLearning.Tests.Apps.OldStyle;

public sealed record Word(string Value);

public sealed class Heard
{
    public ConcurrentQueue<string> Words { get; } = new();
}

public sealed class WordFunctions(Word word, Heard heard, IConfiguration configuration, IHostEnvironment environment)
{
    [Function("word")]
    public IResult Say([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "word/{number:int}")] HttpRequest request, int number) =>
        Results.Text($"{word.Value} {number} {configuration["Who"] ?? "-"} {environment.EnvironmentName}");

    [Function("hear")]
    public void Hear([QueueTrigger("words")] string text) => heard.Words.Enqueue(text);
}
