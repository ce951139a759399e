using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Tests.Journeys;
using CitiesOfLearning.Hub.Upkeep;
using CitiesOfLearning.Hub.Verification;
using CitiesOfLearning.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CitiesOfLearning.Hub.Tests.Verification;

/// <summary>
/// An app that verifies and does nothing else: what it asks for is what it has a right to in Azure (infra-bicep/modules/roles.bicep).
/// </summary>
public sealed class VerifiesOnlyTests
{
    // What Storage Blob Data Reader and Storage Table Data Reader let through.
    private static readonly string[] Reads =
        ["get blob", "ask for blob", "list blobs", "HEAD blob", "list containers", "query entities", "get entity"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_reads_cities_what_they_publish_and_shared_badges_and_nothing_else_and_signs_nothing()
    {
        await using var hub = await HubUnderTest.StartAsync();
        await using var proxy = await StorageProxy.StartAsync(hub.Account);
        var badge = await hub.IssueAsync();
        await hub.Get<AwardTable>().ChangeAsync(badge.AwardId, a => a.Claim(hub.Time.GetUtcNow()), Cancel);
        await hub.Get<AwardTable>().ChangeAsync(badge.AwardId, a => a.Share(hub.Time.GetUtcNow()), Cancel);
        hub.Time.Advance(TimeSpan.FromHours(25)); // the lists are old

        hub.Restart(proxy.ConnectionString, verifiesOnly: true);
        var ready = await hub.Get<Readiness>().FailingAsync(Cancel);
        var picture = await hub.VerifyAsync(badge.Png);
        var address = await hub.VerifyAsync($"{HubUnderTest.Address}/badges/{badge.AwardId}");

        Assert.Empty(ready);
        Assert.Equal((Answer.Yes, Answer.Yes, Answer.Yes), (picture.Authentic, picture.Current, picture.Authorised));
        Assert.Equal((Answer.Yes, Answer.Yes, Answer.Yes), (address.Authentic, address.Current, address.Authorised));
        Assert.Equal(0, hub.Signer.Signatures);
        var calls = proxy.Take();
        Assert.All(calls, call => Assert.Contains(call.Kind, Reads));
        Assert.Equal(["Awards", "cities", "public"], calls.Select(c => c.Place).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>It cannot sign a list again; the hub's hourly sweep does.</summary>
    [Fact]
    public async Task Lists_that_it_alone_reads_do_not_run_out()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var badge = await hub.IssueAsync();
        for (var day = 0; day < 5; day++)
        {
            hub.Time.Advance(TimeSpan.FromHours(25));
            await hub.Get<Sweep>().RunAsync(Cancel);
        }

        hub.Restart(hub.Account, verifiesOnly: true);

        Assert.Equal(Answer.Yes, (await hub.VerifyAsync(badge.Png)).Current);
    }

    [Fact]
    public void The_hubs_state_is_in_the_account_that_is_named_and_not_in_the_hosts_own()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
        [
            new("AzureWebJobsStorage:accountName", "stverify"),
            new("Hub:StorageAccount", "stbadges"),
            new("Hub:PublicUrl", HubUnderTest.Address),
        ]);
        builder.AddHub();
        using var host = builder.Build();
        var storage = host.Services.GetRequiredService<HubStorage>();

        Assert.All(
            [storage.Awards.Uri, storage.PublicBlobs.Uri, storage.MailMessages.Uri], uri => Assert.StartsWith("stbadges.", uri.Host));
    }
}
