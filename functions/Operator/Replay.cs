using System.Globalization;
using System.Text.RegularExpressions;
using CitiesOfLearning.Hub.Settings;
using CitiesOfLearning.Hub.Upkeep;
using Microsoft.Extensions.DependencyInjection;

namespace CitiesOfLearning.Operator;

/// <summary>Lists what failed and waits for a person, and has it tried again: all of it, a queue's, or some by id.</summary>
public static partial class Replay
{
    [GeneratedRegex("^--.+:.+=|^--AzureWebJobsStorage")]
    private static partial Regex Setting { get; }

    /// <param name="args">What follows <c>replay</c>: <c>--all</c>, <c>--queue</c> and its name, or ids; then settings. With none of these,
    /// nothing is sent.</param>
    /// <returns>0 if all that was asked for is tried again; 1 if some of it does not wait, or cannot; 2 if nothing was tried.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken cancellationToken)
    {
        string[] settings = [.. args.Where(a => Setting.IsMatch(a))];
        string[] asked = [.. args.Except(settings)];
        using var host = await OperatorHost.BuildAsync(HubOptionsValidator.Upload, settings, output);
        if (host is null)
        {
            return 2;
        }

        var deadLetters = host.Services.GetRequiredService<DeadLetters>();
        await deadLetters.GatherAsync(cancellationToken);
        var waiting = await deadLetters.AllAsync(cancellationToken).ToListAsync(cancellationToken);
        if (asked is [])
        {
            foreach (var letter in waiting)
            {
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{letter.FailedAt.UtcDateTime:yyyy-MM-dd HH:mm} {letter.City?.ToString() ?? "-"} {letter.Error ?? "-"} {letter.Id}"));
                if (await deadLetters.BodyAsync(letter, cancellationToken) is { } body)
                {
                    await output.WriteLineAsync($"    {body.ReplaceLineEndings("\n    ")}");
                }
            }

            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{waiting.Count} wait"));
            return 0;
        }

        List<DeadLetter> chosen = asked switch
        {
            ["--all"] => waiting,
            ["--queue", var queue] => waiting.FindAll(l => l.Queue == queue),
            _ => waiting.FindAll(l => asked.Contains(l.Id)),
        };
        var replayed = 0;
        foreach (var letter in chosen)
        {
            replayed += await deadLetters.ReplayAsync(letter, cancellationToken) ? 1 : 0;
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{replayed} tried again"));
        var isById = asked is not (["--all"] or ["--queue", _]);
        return replayed == (isById ? asked.Length : chosen.Count) ? 0 : 1;
    }
}
