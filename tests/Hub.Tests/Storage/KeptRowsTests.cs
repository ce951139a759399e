using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Claims;
using CitiesOfLearning.Hub.Deliveries;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Issuing;
using CitiesOfLearning.Hub.Learners;
using CitiesOfLearning.Hub.Status;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Tests.Journeys;
using CitiesOfLearning.Hub.Upkeep;
using CitiesOfLearning.OpenBadges.Jwt;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Storage;

/// <summary>
/// What was ever written can be read for ever: a new column may be missing. Each file in Rows has every row that the hub had written after
/// the same morning; <see cref="Keep"/> adds another when a row changes its shape. No file is ever changed.
/// </summary>
public sealed class KeptRowsTests
{
    private const string Folder = "Storage/Rows";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Files => [.. Directory
        .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, Folder), "*.json")
        .Select(f => Path.GetFileNameWithoutExtension(f))];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Rows_of_every_release_are_read_and_go_on(string file)
    {
        await using var hub = await HubUnderTest.StartAsync();
        var kept = JsonSerializer.Deserialize<Kept>(
            await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, Folder, file + ".json"), Cancel))!;
        await Parallel.ForEachAsync(kept.Rows, Cancel, async (row, cancel) =>
            await Tables(hub.Storage).Single(t => t.Name == row.Table).UpsertEntityAsync(row.Entity(), TableUpdateMode.Replace, cancel));

        var (records, _) = await hub.Get<DeliveryTable>().ListAsync(SampleCity.Plymouth, 100, null, Cancel);
        Assert.Equal(
            [DeliveryOutcome.Awarded, DeliveryOutcome.Waiting, DeliveryOutcome.Awarded, DeliveryOutcome.Awarded],
            records.Select(r => r.Outcome));
        var ada = hub.AwardIdOf("ada@example.org");
        var (award, history) = (await hub.Get<AwardTable>().FindWithHistoryAsync(ada.ToString(), Cancel))!.Value;
        Assert.Equal([AwardEventKind.Decided, AwardEventKind.Issued, AwardEventKind.Notified], history.Select(h => h.What));
        Assert.Equal((0.9, "The survey"), (award.Score, Assert.Single(award.Evidence).Description));
        Assert.Equal("Ada Marsh", (await hub.Get<LearnerTable>().FindAsync(award.LearnerId, Cancel))!.Name);
        Assert.NotNull(VcJwt.Read((await hub.Get<AwardTable>().IssuedAsync(ada.ToString(), Cancel))!.Value.Signed.Jwt));
        Assert.Equal(2, await hub.Get<DeadLetters>().AllAsync(Cancel).CountAsync(Cancel));
        var question = Assert.Single((await hub.Get<QuestionTable>().ListAsync(SampleCity.Plymouth, 10, null, Cancel)).Questions);
        Assert.Equal(("stranger", 1), (question.Said.Account, question.Waiting));

        // What was recorded to be signed is signed; a link, a slip and a steward's word do what they did.
        await hub.Get<CredentialIssuer>().HandleAsync(new AwardMessage.Issue(hub.AwardIdOf("gethin@example.org")).Write(), Cancel);
        Assert.Equal(AwardState.Issued, (await hub.AwardAsync(hub.AwardIdOf("gethin@example.org"))).State);
        Assert.IsType<ClaimResult.Claimed>(
            await hub.Get<ClaimService>().ClaimByLinkAsync(kept.Link, "ada@example.org", Cancel));
        Assert.IsType<ClaimResult.Claimed>(await hub.Get<ClaimService>().ClaimBySlipAsync(kept.Code, kept.Word, Cancel));
        await hub.Get<Stewardship>().ResumeAsync(SampleCity.Plymouth, hub.AwardIdOf("mair@example.org"), "mistaken", Cancel);
        Assert.Equal(AwardStanding.Good, (await hub.AwardAsync(hub.AwardIdOf("mair@example.org"))).Standing);

        // A known learner stays the same person.
        await hub.DeliverAsync("ada@example.org", "Ada Marsh", id: "again");
        await hub.PumpAsync();
        Assert.Equal(DeliveryOutcome.AlreadyHeld, (await hub.Get<DeliveryTable>().ListAsync(SampleCity.Plymouth, 1, null, Cancel))
            .Deliveries[0].Outcome);
    }

    [Fact(Explicit = true)]
    public async Task Keep()
    {
        await using var hub = await HubUnderTest.StartAsync();
        await hub.EnrolAsync("moodle", "7,ada@example.org,Ada Marsh,en");
        await hub.DeliverAsync("ada@example.org", score: 0.9);
        await hub.DeliverAsync("mair@example.org", "Mair Hughes", "cy");
        hub.Time.Advance(TimeSpan.FromSeconds(1));
        await hub.DeliverAsync(new JsonObject { ["id"] = "stranger" });
        hub.Time.Advance(TimeSpan.FromSeconds(1));
        await hub.PumpAsync();
        await hub.Get<Stewardship>().SuspendAsync(SampleCity.Plymouth, hub.AwardIdOf("mair@example.org"), "a question", Cancel);
        var (code, word, _) = await hub.Get<SlipTable>().CreateAsync(hub.AwardIdOf("mair@example.org"), Cancel);
        hub.Signer.IsAway = () => true;
        await hub.DeliverAsync("gethin@example.org", "Gethin Rees");
        foreach (var (queue, handle) in hub.Triggers.Take(2))
        {
            var message = (await queue.ReceiveMessageAsync(cancellationToken: Cancel)).Value;
            await handle(message.Body.ToString(), Cancel);
            await queue.ClearMessagesAsync(Cancel);
        }

        await hub.Get<DeadLetters>().KeepAsync("awards", new AwardMessage.Issue(hub.AwardIdOf("gethin@example.org")).Write(), "X", Cancel);
        await hub.Get<DeadLetters>().KeepAsync("mail", "no message", null, Cancel);
        await hub.Get<Sweep>().RunAsync(Cancel);

        var rows = new List<KeptRow>();
        foreach (var table in Tables(hub.Storage))
        {
            await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: Cancel))
            {
                rows.Add(KeptRow.Of(table.Name, row));
            }
        }

        var kept = new Kept(code, word, hub.TokenFor("ada@example.org"), rows);
        await File.WriteAllTextAsync(
            Path.Combine(Repository.Root, "tests/Hub.Tests", Folder, $"{hub.Time.GetUtcNow():yyyy-MM-dd}.json"),
            JsonSerializer.Serialize(kept, new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }) + "\n",
            Cancel);
    }

    private static TableClient[] Tables(HubStorage storage) =>
    [
        storage.Deliveries, storage.Awards, storage.Learners, storage.Identifiers, storage.Questions, storage.Claims, storage.StatusEntries,
        storage.Audit, storage.Mailboxes, storage.Upkeep,
    ];

    private sealed record Kept(string Code, string Word, string Link, IReadOnlyList<KeptRow> Rows);

    /// <param name="Columns">By name: the type and the value.</param>
    private sealed record KeptRow(string Table, string Partition, string Row, IReadOnlyDictionary<string, string[]> Columns)
    {
        public static KeptRow Of(string table, TableEntity row) => new(
            table,
            row.PartitionKey,
            row.RowKey,
            row.Where(c => c.Key is not ("odata.etag" or "PartitionKey" or "RowKey" or "Timestamp"))
                .ToDictionary(c => c.Key, c => Written(c.Value)));

        public TableEntity Entity()
        {
            var row = new TableEntity(Partition, Row);
            foreach (var (name, column) in Columns)
            {
                row[name] = Value(column[0], column[1]);
            }

            return row;
        }

        private static string[] Written(object value) => value is byte[] bytes
            ? ["Binary", Convert.ToBase64String(bytes)]
            : [value.GetType().Name, JsonSerializer.Serialize(value)];

        private static object Value(string type, string text) => type switch
        {
            "Binary" => Convert.FromBase64String(text),
            nameof(Int32) => JsonSerializer.Deserialize<int>(text),
            nameof(Int64) => JsonSerializer.Deserialize<long>(text),
            nameof(Double) => JsonSerializer.Deserialize<double>(text),
            nameof(Boolean) => JsonSerializer.Deserialize<bool>(text),
            nameof(DateTimeOffset) => JsonSerializer.Deserialize<DateTimeOffset>(text),
            _ => JsonSerializer.Deserialize<string>(text)!,
        };
    }
}
