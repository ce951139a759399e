using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Claims;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Status;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Tests.Journeys;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Claims;

/// <summary>Security rows 1 (looking changes nothing), 2 (tokens), 3 (short codes tried by machine) and 4 (enumeration).</summary>
public sealed class ClaimServiceTests : IAsyncLifetime
{
    private HubUnderTest _hub = null!;
    private ClaimService _claims = null!;
    private AwardId _awardId;
    private string _token = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _hub = await HubUnderTest.StartAsync();
        _claims = _hub.Get<ClaimService>();
        _awardId = (await _hub.IssueAsync("ada@example.org")).AwardId;
        _token = _hub.TokenFor("ada@example.org");
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task The_emailed_token_is_160_random_bits_that_storage_does_not_hold()
    {
        Assert.Matches("^[0-9a-hjkmnp-tv-z]{32}$", _token);
        Assert.DoesNotContain(
            await Everything.InAsync(_hub.Account), thing => thing.Holds(_token) || thing.Holds(_token.ToUpperInvariant()));
        Assert.Contains(await Everything.InAsync(_hub.Account), thing => thing.Holds(_awardId.ToString()));
    }

    [Fact]
    public async Task Looking_changes_nothing()
    {
        var before = await Everything.InAsync(_hub.Account);

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(_awardId.ToString(), (await _claims.LookAsync(TicketKind.Link, _token, Cancel))!.Id.ToString());
        }

        Assert.Equal(before, await Everything.InAsync(_hub.Account));
    }

    [Fact]
    public async Task The_address_claims_however_it_is_typed_and_however_often()
    {
        foreach (var typed in new[]
        {
            "ada@example.org",
            " Ada@Example.ORG ",
            "ADA@EXAMPLE.ORG",
            "\u200bada@example.org\ufeff",
            "\u2068ada@example.org\u2069\u00a0"
        })
        {
            Assert.IsType<ClaimResult.Claimed>(await _claims.ClaimByLinkAsync(_token, typed, Cancel));
        }

        Assert.Single(await _hub.Get<AwardTable>().HistoryAsync(_awardId, Cancel), e => e.What == AwardEventKind.Claimed);
    }

    [Fact]
    public async Task Claims_at_the_same_time_are_one_claim()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _claims.ClaimByLinkAsync(_token, "ada@example.org", Cancel)));

        // Each takes a try until it is known to be right, so some of many at once may be asked to wait; none is told anything else.
        Assert.Contains(results, r => r is ClaimResult.Claimed);
        Assert.All(results, r => Assert.True(r is ClaimResult.Claimed or ClaimResult.TooManyTries, r.ToString()));
        Assert.Single(await _hub.Get<AwardTable>().HistoryAsync(_awardId, Cancel), e => e.What == AwardEventKind.Claimed);
    }

    [Theory]
    [InlineData("gethin@example.org")]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("ada@example.org,gethin@example.org")]
    [InlineData("ada@example.org\0")]
    [InlineData("\ud800@example.org")]
    [InlineData("\uffff@example.org")]
    public async Task Another_address_claims_nothing(string address)
    {
        Assert.IsType<ClaimResult.Wrong>(await _claims.ClaimByLinkAsync(_token, address, Cancel));
        Assert.Equal(AwardState.Notified, (await _hub.AwardAsync(_awardId)).State);
    }

    [Fact]
    public async Task Another_learners_address_opens_only_their_own_badge()
    {
        await _hub.IssueAsync("gethin@example.org");

        Assert.IsType<ClaimResult.Wrong>(await _claims.ClaimByLinkAsync(_token, "gethin@example.org", Cancel));
        Assert.IsType<ClaimResult.Claimed>(
            await _claims.ClaimByLinkAsync(_hub.TokenFor("gethin@example.org"), "gethin@example.org", Cancel));
    }

    [Fact]
    public async Task After_ten_wrong_tries_even_the_right_one_waits_for_the_next_hour()
    {
        for (var i = 0; i < 10; i++)
        {
            Assert.IsType<ClaimResult.Wrong>(await _claims.ClaimByLinkAsync(_token, $"no-{i}@example.org", Cancel));
        }

        var wait = Assert.IsType<ClaimResult.TooManyTries>(await _claims.ClaimByLinkAsync(_token, "ada@example.org", Cancel)).Wait;

        Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromHours(1));
        _hub.Time.Advance(wait);
        Assert.IsType<ClaimResult.Claimed>(await _claims.ClaimByLinkAsync(_token, "ada@example.org", Cancel));
    }

    [Fact]
    public async Task A_hundred_wrong_tries_at_once_are_ten()
    {
        var results = await Task.WhenAll(Enumerable
            .Range(0, 100)
            .Select(i => _claims.ClaimByLinkAsync(_token, $"no-{i}@example.org", Cancel)));

        Assert.Equal(10, results.Count(r => r is ClaimResult.Wrong));
        Assert.Equal(90, results.Count(r => r is ClaimResult.TooManyTries));
    }

    [Fact]
    public async Task Many_links_to_one_badge_do_not_give_more_tries()
    {
        var wrong = 0;
        for (var link = 0; link < 4; link++)
        {
            var (token, _) = await _hub.Get<ClaimTicketTable>().CreateLinkAsync(_awardId, Cancel);
            for (var i = 0; i < 10; i++)
            {
                wrong += await _claims.ClaimByLinkAsync(token, $"no-{i}@example.org", Cancel) is ClaimResult.Wrong ? 1 : 0;
            }
        }

        Assert.Equal(AttemptLimits.WrongInAnHour, wrong);
    }

    [Fact]
    public async Task Right_claims_use_up_no_tries()
    {
        for (var i = 0; i < 30; i++)
        {
            Assert.IsType<ClaimResult.Claimed>(await _claims.ClaimByLinkAsync(_token, "ada@example.org", Cancel));
        }
    }

    [Fact]
    public async Task Unknown_expired_and_revoked_are_the_same_answer()
    {
        var (revoked, _) = await _hub.Get<ClaimTicketTable>().CreateLinkAsync((await _hub.IssueAsync("eve@example.org")).AwardId, Cancel);
        await _hub.Get<Stewardship>().RevokeAsync(SampleCity.Plymouth, _hub.AwardIdOf("eve@example.org"), "wrong person", Cancel);
        var results = new List<ClaimResult>
        {
            await _claims.ClaimByLinkAsync(revoked, "eve@example.org", Cancel),
            await _claims.ClaimByLinkAsync(new string('0', 32), "ada@example.org", Cancel),
            await _claims.ClaimByLinkAsync("", "ada@example.org", Cancel),
            await _claims.ClaimByLinkAsync("../" + _token, "ada@example.org", Cancel),
            await _claims.ClaimByLinkAsync(_token.ToUpperInvariant(), "ada@example.org", Cancel),
        };
        Assert.Null(await _claims.LookAsync(TicketKind.Link, revoked, Cancel));
        Assert.Null(await _claims.LookAsync(TicketKind.Slip, _token, Cancel));

        _hub.Time.Advance(ClaimTicketTable.Validity);
        results.Add(await _claims.ClaimByLinkAsync(_token, "ada@example.org", Cancel));

        Assert.All(results, r => Assert.Equal(new ClaimResult.Unavailable(), r));
        Assert.Null(await _claims.LookAsync(TicketKind.Link, _token, Cancel));
    }

    [Fact]
    public async Task A_token_is_good_until_its_last_moment()
    {
        _hub.Time.Advance(ClaimTicketTable.Validity - TimeSpan.FromMinutes(1));

        Assert.IsType<ClaimResult.Claimed>(await _claims.ClaimByLinkAsync(_token, "ada@example.org", Cancel));
    }

    [Fact]
    public async Task The_tries_of_an_unknown_token_are_limited_as_those_of_a_known_one()
    {
        for (var i = 0; i < 10; i++)
        {
            Assert.IsType<ClaimResult.Unavailable>(await _claims.ClaimByLinkAsync(new string('x', 32), "ada@example.org", Cancel));
        }

        Assert.IsType<ClaimResult.TooManyTries>(await _claims.ClaimByLinkAsync(new string('x', 32), "ada@example.org", Cancel));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("unknown")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxu")]
    [InlineData("XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    public async Task A_token_that_nobody_can_have_is_answered_as_an_unknown_one_and_leaves_nothing(string token)
    {
        var before = await Everything.InAsync(_hub.Account);

        Assert.Null(await _claims.LookAsync(TicketKind.Link, token, Cancel));
        Assert.IsType<ClaimResult.Unavailable>(await _claims.ClaimByLinkAsync(token, "ada@example.org", Cancel));
        Assert.Equal(before, await Everything.InAsync(_hub.Account));
    }

    [Fact]
    public async Task A_suspended_badge_can_be_claimed()
    {
        await _hub.Get<Stewardship>().SuspendAsync(SampleCity.Plymouth, _awardId, "a question", Cancel);
        Assert.IsType<ClaimResult.Claimed>(await _claims.ClaimByLinkAsync(_token, "ada@example.org", Cancel));
    }

    [Fact]
    public async Task Access_opens_one_badge_for_twelve_hours_and_cannot_be_made_up()
    {
        var access = _hub.Get<HolderAccess>();
        var granted = access.Grant(_awardId);
        var (expires, proof) = (granted.Split('.')[0], granted.Split('.')[1]);

        Assert.True(access.Opens(_awardId, granted));
        foreach (var forged in new[]
        {
            null,
            "",
            ".",
            "a.b",
            $"{long.Parse(expires) + 1}.{proof}",
            $"{expires}.{proof[..^1]}",
            $"{expires}.",
            $"{granted}.x",
            $"-1.{proof}",
            $"9{granted}"
        })
        {
            Assert.False(access.Opens(_awardId, forged), forged);
        }

        Assert.False(access.Opens(AwardId.Parse("00000000000000000000000000"), granted));
        Assert.True(access.IsFormToken(_awardId, granted, access.FormToken(_awardId, granted)));
        Assert.False(access.IsFormToken(_awardId, granted, access.FormToken(AwardId.Parse("00000000000000000000000000"), granted)));
        Assert.False(access.IsFormToken(_awardId, granted, null));
        await Task.CompletedTask;
        _hub.Time.Advance(HolderAccess.Validity);
        Assert.False(access.Opens(_awardId, granted));
    }
}
