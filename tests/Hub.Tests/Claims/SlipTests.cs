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
    public async Task Whoever_tries_codes_stops_nobody_but_themselves()
    {
        var tried = Enumerable.Range(0, 600).Select(i => _claims.ClaimBySlipAsync($"AAAAAA{i:D4}", "anchor", Cancel));

        Assert.All(await Task.WhenAll(tried), r => Assert.IsType<ClaimResult.Unavailable>(r));
        Assert.IsType<ClaimResult.Claimed>(await _claims.ClaimBySlipAsync(_code, _word, Cancel));
    }

    [Fact]
    public async Task An_unknown_code_is_limited_as_a_known_one_is()
    {
        for (var i = 0; i < AttemptLimits.WrongInAnHour; i++)
        {
            Assert.IsType<ClaimResult.Unavailable>(await _claims.ClaimBySlipAsync("AAAAAAAAAA", "wrong", Cancel));
        }

        Assert.IsType<ClaimResult.TooManyTries>(await _claims.ClaimBySlipAsync("aaaaa-aaaaa", "wrong", Cancel));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("AAAAAAAAA")]
    [InlineData("AAAAAAAAAAA")]
    [InlineData("AAAAAAAAAU")]
    [InlineData("AAAAA/AAAA")]
    [InlineData("ÅAAAAAAAAA")]
    public async Task A_code_that_nobody_can_have_is_answered_as_an_unknown_one_and_leaves_nothing(string code)
    {
        var before = await Everything.InAsync(_hub.Account);

        Assert.IsType<ClaimResult.Unavailable>(await _claims.ClaimBySlipAsync(code, _word, Cancel));
        Assert.Equal(before, await Everything.InAsync(_hub.Account));
    }

    [Fact]
    public async Task Tries_of_hours_that_are_over_are_cleared_and_those_of_this_hour_count_on()
    {
        var limits = _hub.Get<AttemptLimits>();
        var before = await Everything.InAsync(_hub.Account);
        await Task.WhenAll(Enumerable.Range(0, 250).Select(i => limits.TakeAsync($"{i}", Cancel)));
        _hub.Time.Advance(TimeSpan.FromHours(1));
        for (var i = 0; i < AttemptLimits.WrongInAnHour; i++)
        {
            await _claims.ClaimBySlipAsync(_code, "wrong", Cancel);
        }

        await limits.ClearAsync(Cancel);
        await limits.ClearAsync(Cancel);

        Assert.IsType<ClaimResult.TooManyTries>(await _claims.ClaimBySlipAsync(_code, _word, Cancel));
        Assert.Single((await Everything.InAsync(_hub.Account)).Except(before));
    }

    [Fact]
    public async Task A_claim_costs_five_calls_and_leaves_no_count()
    {
        _hub.Faults.Arm(0, Fault.Before);
        Assert.IsType<ClaimResult.Claimed>(await _claims.ClaimBySlipAsync(_code, _word, Cancel));

        Assert.Equal(5, _hub.Faults.Count); // ticket, try, award; the award's change; the try given back
        Assert.Empty(await _hub.Storage.Claims
            .QueryAsync<TableEntity>(r => r.PartitionKey.CompareTo("tries") >= 0, cancellationToken: Cancel)
            .ToListAsync(Cancel));
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
