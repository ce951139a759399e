using System.Text;
using Azure.Data.Tables;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Issuing;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.OpenBadges.Baking;

namespace CitiesOfLearning.Hub.Tests.Journeys;

/// <summary>
/// Nothing lost, nothing doubled, wherever the process dies: one request to storage fails, each in turn, on the whole way.
/// </summary>
public sealed class CrashTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Fault.Before)]
    [InlineData(Fault.After)]
    public async Task Whichever_request_fails_one_award_one_credential_and_one_message_come_of_it(Fault fault)
    {
        await using var hub = await HubUnderTest.StartAsync();
        await hub.IssueAsync("first@example.org");
        var reached = true;
        for (var n = 1; reached; n++)
        {
            var address = $"learner-{n}@example.org";
            await hub.DeliverAsync(address);
            byte[]? jwt = null;

            hub.Faults.Arm(n, fault);
            var failures = await hub.PumpAsync(async () => jwt = await UnchangedAsync(hub, address, jwt));
            reached = hub.Faults.Count >= n;
            hub.Faults.Disarm();

            // The last round shows that the way was walked to its end.
            Assert.True(failures <= 1 && (reached || failures == 0), $"Request {n}: {failures} failures");
            await AssertExactlyOneAsync(hub, address, n, await UnchangedAsync(hub, address, jwt));
            Assert.True(reached || n > 15, $"Only {n} requests were made");
        }
    }

    [Fact]
    public async Task A_signature_that_was_not_stored_is_made_again_over_the_same_words()
    {
        await using var hub = await HubUnderTest.StartAsync();
        await hub.IssueAsync("first@example.org"); // signs the city's status lists too
        await hub.DeliverAsync("ada@example.org");
        var back = hub.Time.GetUtcNow() + TimeSpan.FromMinutes(1);
        byte[]? intended = null;
        hub.Signer.IsAway = () =>
        {
            intended ??= hub.Storage.Awards
                .GetEntity<TableEntity>($"{hub.AwardIdOf("ada@example.org")}", "award", cancellationToken: Cancel).Value
                .GetBinary("Intent");
            return hub.Time.GetUtcNow() < back;
        };

        Assert.Equal(0, await hub.PumpAsync());

        var badge = await hub.BadgeOfAsync("ada@example.org");
        Assert.Equal(intended, badge.Payload);
        Assert.Equal([5, 10, 20, 40], hub.Delays.All.Select(d => (int)d.TotalSeconds));
    }

    [Fact]
    public async Task A_message_for_an_award_that_does_not_exist_is_dropped()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var nobody = AwardId.Parse("00000000000000000000000000");
        await hub.Storage.AwardMessages.SendMessageAsync(new AwardMessage.Issue(nobody).Write(), Cancel);
        await hub.Storage.AwardMessages.SendMessageAsync(new AwardMessage.PublishStatus(nobody).Write(), Cancel);
        await hub.Storage.MailMessages.SendMessageAsync(new AwardChange(nobody, AwardEventKind.Issued, 2).Write(), Cancel);

        Assert.Equal(0, await hub.PumpAsync());
        Assert.Empty(hub.Mail.Posted);
    }

    private static async Task AssertExactlyOneAsync(HubUnderTest hub, string address, int n, byte[]? jwt)
    {
        var badge = await hub.BadgeOfAsync(address);
        var award = await hub.AwardAsync(badge.AwardId);
        var entry = Assert.Single(await hub.Storage.StatusEntries
            .QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"Award eq {badge.AwardId.ToString()}"))
            .ToListAsync());

        Assert.Equal(jwt, badge.Jwt);
        Assert.Equal(AwardState.Notified, award.State);
        Assert.Equal(
            [AwardEventKind.Decided, AwardEventKind.Issued, AwardEventKind.Notified],
            (await hub.Get<AwardTable>().HistoryAsync(award.Id, Cancel)).Select(e => e.What));
        Assert.Equal($"{award.Status!.Index:D6}", entry.RowKey);
        Assert.Equal(badge.Jwt, Baked(badge.Png));
        Assert.Equal(badge.Jwt, Baked(badge.Svg));
        Assert.Contains($"\"statusListIndex\":\"{award.Status.Index}\"", Encoding.UTF8.GetString(badge.Payload));
        var mail = Assert.Single(hub.Mail.Box.List(), m => m.To == address);
        Assert.True(mail.Copies <= 2, $"Request {n}: sent {mail.Copies} times");
        Assert.Single(hub.Mail.Posted.Where(m => m.To.ToString() == address).Select(m => m.MessageId).Distinct());
        Assert.Equal(
            n + 1, await hub.Storage.Awards.QueryAsync<TableEntity>("RowKey eq 'award'", select: ["RowKey"]).CountAsync(Cancel));
    }

    private static byte[] Baked(byte[] picture) => ((ExtractionResult.Found)BadgeImage.Extract(picture)).UnverifiedCredential.ToArray();

    private static async Task<byte[]?> UnchangedAsync(HubUnderTest hub, string address, byte[]? before)
    {
        var now = (await hub.Get<AwardTable>().SignedAsync(hub.AwardIdOf(address), Cancel))?.Jwt;
        Assert.Equal(before ?? now, now);
        return now;
    }
}
