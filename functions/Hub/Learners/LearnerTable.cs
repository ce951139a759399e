using Azure.Data.Tables;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Storage;

namespace CitiesOfLearning.Hub.Learners;

/// <summary>
/// The one home of personal data. Table Learners: a row <c>person</c> per learner with address and name encrypted, and a row per award.
/// </summary>
public sealed class LearnerTable(HubStorage storage, PersonalData personalData)
{
    private const string PersonRow = "person";

    /// <summary>Writes down that this award is the learner's, and, if that is news, what is known of them. Repeatable.</summary>
    public async Task KeepAsync(CityId city, Learner learner, bool isNews, AwardId awardId, CancellationToken cancellationToken)
    {
        var link = new TableEntity(learner.Id, awardId.ToString()) { ["City"] = city.ToString() };
        if (isNews)
        {
            await storage.Learners.SubmitTransactionAsync(
                [new(TableTransactionActionType.UpsertReplace, Person(city, learner)), new(TableTransactionActionType.UpsertReplace, link)],
                cancellationToken);
        }
        else
        {
            await storage.Learners.UpsertEntityAsync(link, TableUpdateMode.Replace, cancellationToken);
        }
    }

    /// <summary>Writes down what is known of a learner who has earned nothing yet, or nothing new. Repeatable.</summary>
    public Task KeepAsync(CityId city, Learner learner, CancellationToken cancellationToken) =>
        storage.Learners.UpsertEntityAsync(Person(city, learner), TableUpdateMode.Replace, cancellationToken);

    public async Task<Learner?> FindAsync(string learner, CancellationToken cancellationToken)
    {
        var row = await storage.Learners.GetEntityIfExistsAsync<TableEntity>(learner, PersonRow, cancellationToken: cancellationToken);
        return row is { HasValue: true, Value: { } person }
            ? new Learner(
                learner,
                Decrypt(person, "Address"),
                Decrypt(person, "Name"),
                person.GetString("Language"),
                person.GetDateTimeOffset("SaidAt")!.Value)
            : null;
    }

    /// <summary>The same for an id that somebody gave: null also for a learner of another city.</summary>
    public async Task<Learner?> FindAsync(CityId city, string learner, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {learner} and RowKey eq {PersonRow} and City eq {city.ToString()}");
        return await storage.Learners.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).AnyAsync(cancellationToken)
            ? await FindAsync(learner, cancellationToken)
            : null;
    }

    private TableEntity Person(CityId city, Learner learner) => new(learner.Id, PersonRow)
    {
        ["City"] = city.ToString(),
        ["Language"] = learner.Language,
        ["SaidAt"] = learner.SaidAt,
        ["Address"] = Encrypt(learner, "Address", learner.Address),
        ["Name"] = Encrypt(learner, "Name", learner.Name),
    };

    private string? Encrypt(Learner learner, string column, string? text) =>
        text is null ? null : personalData.Encrypt(text, Place(learner.Id, column));

    private string? Decrypt(TableEntity row, string column) =>
        row.GetString(column) is { } box ? personalData.Decrypt(box, Place(row.PartitionKey, column)) : null;

    private static string Place(string learner, string column) => $"{learner}/{column}";
}
