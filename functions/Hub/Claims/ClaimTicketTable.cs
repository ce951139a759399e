using Azure.Data.Tables;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Storage;

namespace CitiesOfLearning.Hub.Claims;

/// <summary>How a learner was invited.</summary>
public enum TicketKind
{
    /// <summary>The token in an emailed link; the human step is the address it was sent to.</summary>
    Link,

    /// <summary>The code on a printed slip; the human step is the word printed beside it.</summary>
    Slip,
}

/// <summary>An invitation that is still good.</summary>
/// <param name="WordHash">Slips: keyed hash of the word.</param>
public sealed record ClaimTicket(AwardId AwardId, string? WordHash);

/// <summary>
/// Table Claims: tokens and slip codes, kept only as keyed hashes, so that the table lets nobody claim. Unknown and expired look alike.
/// </summary>
public sealed class ClaimTicketTable(HubStorage storage, HubIds ids, TimeProvider time)
{
    /// <summary>How long an invitation is good. A steward can send or print another.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromDays(180);

    /// <summary>Makes a link's token: 160 random bits.</summary>
    public async Task<(string Token, DateTimeOffset Expires)> CreateLinkAsync(AwardId awardId, CancellationToken cancellationToken)
    {
        var token = RandomId.Token();
        var expires = time.GetUtcNow() + Validity;
        await AddAsync(TicketKind.Link, token, awardId, null, expires, cancellationToken);
        return (token, expires);
    }

    /// <summary>Makes a slip: a code to type and a word that shows that the slip is in hand.</summary>
    public async Task<(string Code, string Word, DateTimeOffset Expires)> CreateSlipAsync(
        AwardId awardId, CancellationToken cancellationToken)
    {
        var code = RandomId.SlipCode();
        var word = SlipWords.Draw();
        var expires = time.GetUtcNow() + Validity;
        await AddAsync(TicketKind.Slip, code, awardId, ids.SecretHash("word:" + code, word), expires, cancellationToken);
        return (code, word, expires);
    }

    /// <summary>The invitation behind a token or a typed code; null if there is none that is still good.</summary>
    public async Task<ClaimTicket?> FindAsync(TicketKind kind, string secret, CancellationToken cancellationToken)
    {
        if (!CanBe(kind, secret))
        {
            return null;
        }

        var hash = ids.SecretHash(kind.ToString(), secret);
        var row = await storage.Claims.GetEntityIfExistsAsync<TableEntity>(hash[..2], hash, cancellationToken: cancellationToken);
        return row is { HasValue: true, Value: { } found }
            && found.GetDateTimeOffset("Expires") is { } expires
            && expires > time.GetUtcNow()
            ? new ClaimTicket(AwardId.Parse(found.GetString("Award")), found.GetString("Word"))
            : null;
    }

    /// <summary>Whether it could be one, by its length and letters.</summary>
    public static bool CanBe(TicketKind kind, string secret) =>
        kind == TicketKind.Link ? RandomId.IsToken(secret) : RandomId.IsSlipCode(secret);

    private Task AddAsync(
        TicketKind kind,
        string secret,
        AwardId awardId,
        string? wordHash,
        DateTimeOffset expires,
        CancellationToken cancellationToken)
    {
        var hash = ids.SecretHash(kind.ToString(), secret);
        var row = new TableEntity(hash[..2], hash) { ["Award"] = awardId.ToString(), ["Expires"] = expires, ["Word"] = wordHash };
        return storage.Claims.AddEntityAsync(row, cancellationToken);
    }
}
