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

    /// <summary>Writes down what is known of the learner now.</summary>
    public Task KeepAsync(CityId city, Learner learner, CancellationToken cancellationToken)
    {
        var person = new TableEntity(learner.Id, PersonRow)
        {
            ["City"] = city.ToString(),
            ["Language"] = learner.Language,
            ["SaidAt"] = learner.SaidAt,
            ["Address"] = Encrypt(learner, "Address", learner.Address),
            ["Name"] = Encrypt(learner, "Name", learner.Name),
        };
        return storage.Learners.UpsertEntityAsync(person, TableUpdateMode.Replace, cancellationToken);
    }

    /// <summary>Writes down that this award is the learner's. Repeating it changes nothing.</summary>
    public Task KeepAwardAsync(CityId city, Learner learner, AwardId awardId, CancellationToken cancellationToken) =>
        storage.Learners.UpsertEntityAsync(
            new TableEntity(learner.Id, awardId.ToString()) { ["City"] = city.ToString() }, TableUpdateMode.Replace, cancellationToken);

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

    private string? Encrypt(Learner learner, string column, string? text) =>
        text is null ? null : personalData.Encrypt(text, Place(learner.Id, column));

    private string? Decrypt(TableEntity row, string column) =>
        row.GetString(column) is { } box ? personalData.Decrypt(box, Place(row.PartitionKey, column)) : null;

    private static string Place(string learner, string column) => $"{learner}/{column}";
}
