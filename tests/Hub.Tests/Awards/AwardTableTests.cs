using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Tests.Journeys;
using CitiesOfLearning.Tests.Support;
using CsCheck;

namespace CitiesOfLearning.Hub.Tests.Awards;

public sealed class AwardTableTests
{
    private static readonly Gen<DateTimeOffset> Moment = Gen.DateTime[new DateTime(2000, 1, 1), new DateTime(2100, 1, 1)].Select(
        d => new DateTimeOffset(d.Ticks, TimeSpan.Zero));

    [Fact]
    public void A_row_reads_as_it_was_written()
    {
        var awards = Gen.Select(
            Gen.Byte.Array[17].Select(bytes => AwardId.Parse(Crockford.Encode(bytes)[..AwardId.Length])),
            Moment,
            Gen.Double[0, 1].Nullable(),
            Gen.Int[1, 9].Nullable(),
            Gen.Enum<AwardState>(),
            Gen.Enum<AwardStanding>(),
            Gen.Bool,
            Gen.String.AlphaNumeric.Array[0, 3]);
        awards.Sample((id, moment, score, index, state, standing, shared, words) =>
        {
            var award = new Award(
                id,
                SampleCity.Plymouth,
                "b",
                2,
                "p",
                "s",
                "k",
                "cy",
                moment,
                [.. words.Select(w => new Evidence("https://x.example/" + w, w))],
                score,
                state,
                standing,
                shared,
                index,
                index,
                [.. words.Select(w => new AwardEvent(moment, w, null))])
            { MailingSince = index is null ? null : moment };

            var read = AwardRow.Read(AwardRow.Write(award));

            // Lists compare by identity, so they are compared as rows.
            Assert.Equal(AwardRow.Write(award), AwardRow.Write(read));
            Assert.Equal(award with { Evidence = [], History = [] }, read with { Evidence = [], History = [], ETag = award.ETag });
            Assert.Equal(award.Evidence, read.Evidence);
            Assert.Equal(award.History, read.History);
        });
    }

    [Fact]
    public async Task Changes_at_the_same_time_all_count()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = (await hub.IssueAsync()).AwardId;
        var awards = hub.Get<AwardTable>();

        await Task.WhenAll(Enumerable
            .Range(0, 10)
            .Select(i => awards.ChangeAsync(id, a => awards.Record(a, $"change {i}"), TestContext.Current.CancellationToken)));

        Assert.Equal(13, (await hub.AwardAsync(id)).History.Count);
        Assert.Null(await awards.ChangeAsync(AwardId.Parse("00000000000000000000000000"), a => a, TestContext.Current.CancellationToken));
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
        var awards = new AwardTable(null!, null!, TimeProvider.System);

        Assert.Null(await awards.FindAsync(id, TestContext.Current.CancellationToken));
    }
}
