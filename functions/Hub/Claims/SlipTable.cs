using Azure.Data.Tables;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Storage;

namespace CitiesOfLearning.Hub.Claims;

/// <summary>A printed slip that is still good. The human step is the word printed beside its code.</summary>
/// <param name="WordHash">Keyed hash of the word.</param>
public sealed record Slip(AwardId AwardId, string WordHash);

/// <summary>
/// Table Claims: slip codes, kept only as keyed hashes, so that the table lets nobody claim. Unknown and expired look alike.
/// </summary>
public sealed class SlipTable(HubStorage storage, HubIds ids, TimeProvider time)
{
    /// <summary>How long a slip is good. A steward can print another.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromDays(180);

    /// <summary>Makes a slip: a code to type and a word that shows that the slip is in hand.</summary>
    public async Task<(string Code, string Word, DateTimeOffset Expires)> CreateAsync(
        AwardId awardId, CancellationToken cancellationToken)
    {
        var code = RandomId.SlipCode();
        var word = SlipWords.Draw();
        var expires = time.GetUtcNow() + Validity;
        var hash = CodeHash(code);
        var row = new TableEntity(hash[..2], hash)
        {
            ["Award"] = awardId.ToString(),
            ["Expires"] = expires,
            ["Word"] = WordHash(code, word),
        };
        await storage.Claims.AddEntityAsync(row, cancellationToken);
        return (code, word, expires);
    }

    /// <summary>The slip behind a typed code; null if there is none that is still good.</summary>
    public async Task<Slip?> FindAsync(string code, CancellationToken cancellationToken)
    {
        var hash = CodeHash(code);
        var row = await storage.Claims.GetEntityIfExistsAsync<TableEntity>(hash[..2], hash, cancellationToken: cancellationToken);
        return row is { HasValue: true, Value: { } found }
            && found.GetDateTimeOffset("Expires") is { } expires
            && expires > time.GetUtcNow()
            ? new Slip(AwardId.Parse(found.GetString("Award")), found.GetString("Word"))
            : null;
    }

    public string WordHash(string code, string word) => ids.SecretHash("word:" + code, word);

    private string CodeHash(string code) => ids.SecretHash("slip", code);
}
