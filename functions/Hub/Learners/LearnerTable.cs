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

    /// <summary>Remembers the learner and that this award is theirs. Repeating it changes nothing.</summary>
    public async Task RememberAsync(CityId city, Learner learner, AwardId awardId, CancellationToken cancellationToken)
    {
        var person = new TableEntity(learner.Key, PersonRow)
        {
            ["City"] = city.ToString(),
            ["Language"] = learner.Language,
        };
        if (learner.Address is not null)
        {
            person["Address"] = personalData.Encrypt(learner.Address, Place(learner.Key, "Address"));
        }

        if (learner.Name is not null)
        {
            person["Name"] = personalData.Encrypt(learner.Name, Place(learner.Key, "Name"));
        }

        await storage.Learners.AddIfAbsentAsync(person, cancellationToken);
        await storage.Learners.AddIfAbsentAsync(
            new TableEntity(learner.Key, awardId.ToString()) { ["City"] = city.ToString() }, cancellationToken);
    }

    public async Task<Learner?> FindAsync(string learnerKey, CancellationToken cancellationToken)
    {
        var row = await storage.Learners.GetEntityIfExistsAsync<TableEntity>(learnerKey, PersonRow, cancellationToken: cancellationToken);
        return row.HasValue
            ? new Learner(learnerKey, Decrypt(row.Value!, "Address"), Decrypt(row.Value!, "Name"), row.Value!.GetString("Language"))
            : null;
    }

    private string? Decrypt(TableEntity row, string column) =>
        row.GetString(column) is { } box ? personalData.Decrypt(box, Place(row.PartitionKey, column)) : null;

    private static string Place(string learnerKey, string column) => $"{learnerKey}/{column}";
}
