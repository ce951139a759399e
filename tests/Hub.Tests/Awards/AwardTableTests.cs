using System.Text;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Status;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Tests.Journeys;
using CitiesOfLearning.Tests.Support;
using CsCheck;

namespace CitiesOfLearning.Hub.Tests.Awards;

public sealed class AwardTableTests
{
    private static readonly Gen<DateTimeOffset> Moment = Gen.DateTime[new DateTime(2000, 1, 1), new DateTime(2100, 1, 1)].Select(
        d => new DateTimeOffset(d.Ticks, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void A_row_reads_as_it_was_written()
    {
        var awards = Gen.Select(
            Gen.Byte.Array[17].Select(bytes => AwardId.Parse(Crockford.Encode(bytes)[..AwardId.Length])),
            Moment,
            Gen.Double[0, 1].Nullable(),
            Gen.Int[0, SomeAward.All.Count - 1].Select(i => SomeAward.All.Values.ElementAt(i)),
            Gen.String.Array[0, 20],
            Gen.Bool);
        awards.Sample((id, moment, score, like, words, held) =>
        {
            var award = like with
            {
                Id = id,
                AchievedAt = moment,
                Score = score,
                Evidence = [.. words.Where(Valid).Select(w => new Evidence("https://x.example/" + w, w))],
            };
            award = held ? award.HoldForMail(moment, TimeSpan.Zero).Award : award;

            var read = AwardRow.Read(AwardRow.Write(award));

            // Lists and bytes compare by identity, so they are compared as rows.
            Assert.Equal(AwardRow.Write(award), AwardRow.Write(read));
            Assert.Equal(award.Evidence, read.Evidence);
            Assert.Equal(award.Intent, read.Intent);
        });

        static bool Valid(string text) => !text.EnumerateRunes().Contains(Rune.ReplacementChar);
    }

    [Fact]
    public async Task Everything_that_the_schema_lets_evidence_be_fits_into_a_row()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var award = SomeAward.Facts with
        {
            Evidence = [.. Enumerable.Repeat(new Evidence("https://x.example/" + new string('x', 1980), new string('\u0939', 2000)), 20)],
        };

        await hub.Get<AwardTable>().AddAsync((Transition.Changed)award.Decide(SomeAward.At), Cancel);
        var intent = new byte[400_000];
        await hub.Get<AwardTable>().ChangeAsync(award.Id, a => a.RecordIntent(new StatusListEntry(1, 1), intent), Cancel);

        var read = await hub.AwardAsync(award.Id);
        Assert.Equal(award.Evidence, read.Evidence);
        Assert.Equal(intent, read.Intent);
    }

    [Fact]
    public async Task Changes_at_the_same_time_all_count()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = (await hub.IssueAsync()).AwardId;
        var awards = hub.Get<AwardTable>();
        await awards.ChangeAsync(id, a => a.Claim(SomeAward.At), Cancel);

        await Task.WhenAll(Enumerable
            .Range(0, 10)
            .Select(i => awards.ChangeAsync(id, a => a.IsPublic ? a.Hide(SomeAward.At) : a.Share(SomeAward.At), Cancel)));

        var history = await awards.HistoryAsync(id, Cancel);
        Assert.Equal(14, history.Count);
        Assert.Equal(14, (await hub.AwardAsync(id)).Events);
        Assert.Null(await awards.ChangeAsync(AwardId.Parse("00000000000000000000000000"), a => a.Claim(SomeAward.At), Cancel));
    }

    /// <summary>F0: a history of any length, in letters of any script, leaves the award as easy to change as a short one.</summary>
    [Fact]
    public async Task However_much_has_happened_a_badge_can_be_revoked()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = (await hub.IssueAsync()).AwardId;
        var awards = hub.Get<AwardTable>();
        var reason = new string('\u0175', Stewardship.MaxReasonCharacters);
        for (var i = 0; i < 60; i++)
        {
            await awards.ChangeAsync(id, a => i % 2 == 0 ? a.Suspend(SomeAward.At, reason) : a.Resume(SomeAward.At, reason), Cancel);
        }

        Assert.Equal(StewardResult.Done, await hub.Get<Stewardship>().RevokeAsync(SampleCity.Plymouth, id, reason, Cancel));

        var history = await awards.HistoryAsync(id, Cancel);
        Assert.Equal(64, history.Count);
        Assert.Equal((AwardEventKind.Revoked, reason), (history[^1].What, history[^1].Reason));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("0123456789abcdefghjkmnpqrs")]
    [InlineData("0123456789ABCDEFGHJKMNPQR'")]
    [InlineData("../../../../../../../../..")]
    [InlineData("０123456789ABCDEFGHJKMNPQR")]
    public async Task What_cannot_be_an_award_is_not_looked_for(string id)
    {
        var awards = new AwardTable(null!);

        Assert.Null(await awards.FindAsync(id, TestContext.Current.CancellationToken));
    }
}
