using Azure.Data.Tables;
using CitiesOfLearning.Hub.Claims;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Tests.Journeys;

namespace CitiesOfLearning.Hub.Tests.Claims;

/// <summary>Security row 3: short codes tried by machine.</summary>
public sealed class SlipTests : IAsyncLifetime
{
    private HubUnderTest _hub = null!;
    private ClaimService _claims = null!;
    private AwardId _awardId;
    private string _code = "", _word = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _hub = await HubUnderTest.StartAsync();
        _claims = _hub.Get<ClaimService>();
        _awardId = (await _hub.IssueAsync("ada@example.org")).AwardId;
        (_code, _word, _) = await _hub.Get<ClaimTicketTable>().CreateSlipAsync(_awardId, Cancel);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_slip_claims_however_its_code_is_typed()
    {
        var letters = _code.Replace('0', 'o').Replace('1', 'l');
        foreach (var typed in new[]
        {
            _code,
            _code.ToLowerInvariant(),
            $" {_code[..5]}-{_code[5..]} ",
            letters,
            letters.Replace('l', 'I'),
            string.Join(' ', _code.ToCharArray())
        })
        {
            Assert.IsType<ClaimResult.Claimed>(await _claims.ClaimBySlipAsync(typed, $" {_word.ToUpperInvariant()} ", Cancel));
        }

        Assert.Matches("^[0-9A-HJKMNP-TV-Z]{10}$", _code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("notaword")]
    [InlineData("anchor apple badger beacon")]
    public async Task The_code_without_its_word_claims_nothing(string word)
    {
        Assert.IsType<ClaimResult.Wrong>(await _claims.ClaimBySlipAsync(_code, word, Cancel));
    }

    [Fact]
    public async Task Storage_holds_neither_the_code_nor_the_word()
    {
        var everything = await Everything.InAsync(_hub.Account);

        Assert.DoesNotContain(everything, t => t.Holds(_code) || t.Holds(_code.ToLowerInvariant()));
        Assert.DoesNotContain(everything, t => t.Place.StartsWith("Claims", StringComparison.Ordinal) && t.Holds(_word));
    }

    [Fact]
    public async Task A_code_has_ten_tries_an_hour()
    {
        for (var i = 0; i < 10; i++)
        {
            Assert.IsType<ClaimResult.Wrong>(await _claims.ClaimBySlipAsync(_code, "wrong", Cancel));
        }

        // However it is typed, it is the same code.
        Assert.IsType<ClaimResult.TooManyTries>(await _claims.ClaimBySlipAsync(_code.ToLowerInvariant(), _word, Cancel));
        _hub.Time.Advance(TimeSpan.FromHours(1));
        Assert.IsType<ClaimResult.Claimed>(await _claims.ClaimBySlipAsync(_code, _word, Cancel));
    }

    [Fact]
    public async Task A_machine_that_tries_codes_is_stopped_whichever_it_tries()
    {
        // As if 495 tries had been made already.
        await _hub.Get<AttemptLimits>().TakeAsync("slips", 500, Cancel);
        var ending = _hub.Get<HubIds>().SecretHash("tries", "slips");
        var row = (await _hub.Storage.Claims
            .QueryAsync<TableEntity>(r => r.PartitionKey == "tries", cancellationToken: Cancel)
            .ToListAsync(Cancel)).Single(r => r.RowKey.EndsWith(ending, StringComparison.Ordinal));
        row["Count"] = 495;
        await _hub.Storage.Claims.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, Cancel);

        for (var i = 0; i < 5; i++)
        {
            Assert.IsType<ClaimResult.Unavailable>(await _claims.ClaimBySlipAsync($"AAAAAAAA{i:D2}", "anchor", Cancel));
        }

        Assert.IsType<ClaimResult.TooManyTries>(await _claims.ClaimBySlipAsync(_code, _word, Cancel));
        _hub.Time.Advance(TimeSpan.FromHours(1));
        Assert.IsType<ClaimResult.Claimed>(await _claims.ClaimBySlipAsync(_code, _word, Cancel));
    }

    [Fact]
    public async Task A_code_without_its_word_costs_storage_what_an_unknown_code_costs()
    {
        var wrong = await RequestsAsync(_code, "wrong");
        var unknown = await RequestsAsync("AAAAAAAAAA", "wrong");
        var wrongAgain = await RequestsAsync(_code, "wrong");
        var unknownAgain = await RequestsAsync("AAAAAAAAAA", "wrong");

        Assert.Equal((wrong, wrongAgain), (unknown, unknownAgain));
    }

    [Fact]
    public async Task An_expired_slip_looks_like_an_unknown_one()
    {
        var unknown = await _claims.ClaimBySlipAsync("AAAAAAAAAA", _word, Cancel);
        _hub.Time.Advance(ClaimTicketTable.Validity);

        Assert.Equal(unknown, await _claims.ClaimBySlipAsync(_code, _word, Cancel));
        Assert.IsType<ClaimResult.Unavailable>(unknown);
    }

    private async Task<int> RequestsAsync(string code, string word)
    {
        _hub.Faults.Arm(0, Fault.Before);
        await _claims.ClaimBySlipAsync(code, word, Cancel);
        return _hub.Faults.Count;
    }
}
