using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Data.Tables;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Telemetry;
using CitiesOfLearning.Hub.Texts;

namespace CitiesOfLearning.Hub.Learners;

/// <summary>
/// Table Questions, a partition for each city: <c>open|{source}|{key}</c> while it is asked, with a row
/// <c>wait|{source}|{key}|{delivery}|{number}</c> for each completion that waits; <c>done|{source}|{key}</c> when it was answered.
/// </summary>
public sealed class QuestionTable(HubStorage storage, PersonalData personalData)
{
    private const string Open = "open", Done = "done", Wait = "wait";

    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    /// <summary>A completion waits; however often that is said, it is counted once.</summary>
    public async Task AskAsync(Question question, WaitingCompletion waiting, CancellationToken cancellationToken)
    {
        var wait = new TableEntity(question.City.ToString(), WaitKey(question, waiting))
        {
            ["Blob"] = waiting.Blob,
            ["TraceParent"] = HubTelemetry.TraceParent,
        };
        while (await RowAsync(question.City, wait.RowKey, cancellationToken) is null)
        {
            var open = await FindAsync(question.City, question.Source, question.Key, Open, cancellationToken);
            var next = open is null ? question with { Waiting = 1 } : open with
            {
                Said = question.Said.Or(open.Said),
                Activity = question.Activity,
                OccurredAt = question.OccurredAt,
                Reason = question.Reason,
                Waiting = open.Waiting + 1,
            };
            await TryAsync(
                [open is null ? Add(Write(next, Open)) : Replace(Write(next, Open), open.ETag), Add(wait)], cancellationToken);
        }
    }

    /// <summary>A completion that waited has found its learner without an answer.</summary>
    public async Task WithdrawAsync(CityId city, string source, string key, WaitingCompletion waiting, CancellationToken cancellationToken)
    {
        while (await RowAsync(city, WaitKey(source, key, waiting), cancellationToken) is { } wait
            && await FindAsync(city, source, key, Open, cancellationToken) is { } open)
        {
            await TakeAsync(open, [wait], cancellationToken);
        }
    }

    /// <summary>The question, open or answered; null if nobody ever asked.</summary>
    public async Task<Question?> FindAsync(CityId city, string source, string key, CancellationToken cancellationToken) =>
        await FindAsync(city, source, key, Open, cancellationToken) ?? await FindAsync(city, source, key, Done, cancellationToken);

    /// <summary>Open questions, by source.</summary>
    /// <param name="after">Begins behind this one, as <see cref="QuestionPage.Next"/> named it; null: with the first.</param>
    public async Task<QuestionPage> ListAsync(CityId city, int max, string? after, CancellationToken cancellationToken)
    {
        var page = await storage.Questions
            .QueryAsync<TableEntity>(Between(city, $"{Open}|{after}"), maxPerPage: max, cancellationToken: cancellationToken)
            .AsPages()
            .FirstAsync(cancellationToken);
        return new(
            [.. page.Values.Select(Read)],
            page.ContinuationToken is null ? null : page.Values[^1].RowKey[(Open.Length + 1)..]);
    }

    /// <summary>How many questions are open, and how many completions wait for them.</summary>
    public async Task<(int Questions, int Completions)> CountAsync(CityId city, CancellationToken cancellationToken)
    {
        var (questions, completions) = (0, 0);
        await foreach (var row in storage.Questions.QueryAsync<TableEntity>(
            Between(city, $"{Open}|"), select: ["Waiting"], cancellationToken: cancellationToken))
        {
            questions++;
            completions += row.GetInt32("Waiting")!.Value;
        }

        return (questions, completions);
    }

    /// <summary>Every open question of a source.</summary>
    internal IAsyncEnumerable<Question> OfSourceAsync(CityId city, string source, CancellationToken cancellationToken) => storage.Questions
        .QueryAsync<TableEntity>(
            Between(city, $"{Open}|{source}|", $"{Open}|{source}|~"), cancellationToken: cancellationToken)
        .Select(Read);

    /// <summary>
    /// Writes down what was answered, while completions still wait. False if somebody else changed the question meanwhile.
    /// </summary>
    internal Task<bool> AnswerAsync(Question answered, CancellationToken cancellationToken) =>
        storage.Questions.ReplaceIfUnchangedAsync(Write(answered, Open), answered.ETag, cancellationToken);

    /// <summary>Some of the completions that wait; none if all have gone.</summary>
    internal async Task<IReadOnlyList<(TableEntity Row, DeliveryMessage Message)>> WaitingAsync(
        Question question, int max, CancellationToken cancellationToken)
    {
        var prefix = $"{Wait}|{question.Source}|{question.Key}|";
        return await storage.Questions
            .QueryAsync<TableEntity>(Between(question.City, prefix, prefix + "~"), maxPerPage: max, cancellationToken: cancellationToken)
            .Take(max)
            .Select(row => (row, new DeliveryMessage(
                question.City, question.Source, row.RowKey[prefix.Length..].Split('|')[0], row.GetString("Blob"))
            {
                TraceParent = row.GetString("TraceParent"),
            }))
            .ToListAsync(cancellationToken);
    }

    /// <summary>These wait no longer. An answered question with none left is done; another is gone.</summary>
    internal Task<bool> TakeAsync(Question open, IReadOnlyCollection<TableEntity> gone, CancellationToken cancellationToken)
    {
        var next = open with { Waiting = open.Waiting - gone.Count };
        var old = new TableEntity(open.City.ToString(), RowKey(Open, open.Source, open.Key));
        return TryAsync(
            [
                .. gone.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)),
                next.Waiting > 0 ? Replace(Write(next, Open), open.ETag)
                    : new TableTransactionAction(TableTransactionActionType.Delete, old, open.ETag),
                .. next is { Waiting: <= 0, Answer: not null }
                    ? [new TableTransactionAction(TableTransactionActionType.UpsertReplace, Write(next, Done))]
                    : (TableTransactionAction[])[],
            ],
            cancellationToken);
    }

    private async Task<Question?> FindAsync(CityId city, string source, string key, string state, CancellationToken cancellationToken) =>
        await RowAsync(city, RowKey(state, source, key), cancellationToken) is { } row ? Read(row) : null;

    private async Task<TableEntity?> RowAsync(CityId city, string rowKey, CancellationToken cancellationToken)
    {
        var row = await storage.Questions.GetEntityIfExistsAsync<TableEntity>(
            city.ToString(), rowKey, cancellationToken: cancellationToken);
        return row.HasValue ? row.Value : null;
    }

    // False if somebody else was quicker; then nothing changed.
    private async Task<bool> TryAsync(IEnumerable<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        try
        {
            await storage.Questions.SubmitTransactionAsync(actions, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    private TableEntity Write(Question question, string state)
    {
        var row = new TableEntity(question.City.ToString(), RowKey(state, question.Source, question.Key))
        {
            ["Waiting"] = question.Waiting,
            ["AskedAt"] = question.AskedAt,
        };
        var about = new About(question.Said, question.Activity, question.OccurredAt, question.Reason, question.Answer);
        LargeProperty.Write(row, "About", personalData.Encrypt(JsonSerializer.SerializeToUtf8Bytes(about, Json), Place(row)));
        return row;
    }

    private Question Read(TableEntity row)
    {
        var about = JsonSerializer.Deserialize<About>(personalData.Decrypt(LargeProperty.Read(row, "About"), Place(row)), Json)!;
        var parts = row.RowKey.Split('|');
        return new(
            CityId.Parse(row.PartitionKey),
            parts[1],
            parts[2],
            about.Said,
            about.Activity,
            about.OccurredAt,
            about.Reason,
            row.GetDateTimeOffset("AskedAt")!.Value,
            row.GetInt32("Waiting")!.Value)
        {
            Answer = about.Answer,
            ETag = row.ETag,
        };
    }

    private static string Between(CityId city, string from, string until = Open + "|~") =>
        TableClient.CreateQueryFilter($"PartitionKey eq {city.ToString()} and RowKey gt {from} and RowKey lt {until}");

    private static string RowKey(string state, string source, string key) => $"{state}|{source}|{key}";

    private static string WaitKey(Question question, WaitingCompletion waiting) => WaitKey(question.Source, question.Key, waiting);

    private static string WaitKey(string source, string key, WaitingCompletion waiting) => string.Create(
        CultureInfo.InvariantCulture, $"{Wait}|{source}|{key}|{waiting.Delivery}|{waiting.Number:D3}");

    private static string Place(TableEntity row) => $"{row.PartitionKey}/{row.RowKey}";

    private static TableTransactionAction Add(TableEntity row) => new(TableTransactionActionType.Add, row);

    private static TableTransactionAction Replace(TableEntity row, ETag etag) => new(TableTransactionActionType.UpdateReplace, row, etag);

    private sealed record About(
        SaidLearner Said, string Activity, DateTimeOffset OccurredAt, TextKey Reason, QuestionAnswer? Answer);
}

/// <param name="Next">Where the next page begins; null after the last.</param>
public sealed record QuestionPage(IReadOnlyList<Question> Questions, string? Next);
