using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Storage;

public sealed class HubStorageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_start_makes_what_is_missing_and_the_next_one_throws_nothing_inside()
    {
        var storage = Over(await TestStorage.ConnectionStringAsync());

        var first = await ThrownExceptions.InAsync(() => storage.CreateAsync(Cancel));
        await storage.AwardMessages.DeleteAsync(Cancel);
        var second = await ThrownExceptions.InAsync(() => storage.CreateAsync(Cancel));

        Assert.Empty(first);
        Assert.Empty(second);
        Assert.Empty(await storage.MissingTablesAsync(Cancel));
        Assert.Empty(await storage.MissingContainersAsync(Cancel));
        Assert.Empty(await storage.MissingQueuesAsync(Cancel));
    }

    [Fact]
    public async Task Several_that_start_at_once_all_get_what_they_need()
    {
        var account = await TestStorage.ConnectionStringAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Over(account).CreateAsync(Cancel)));

        Assert.Empty(await Over(account).MissingTablesAsync(Cancel));
    }

    [Fact]
    public async Task What_costs_an_exception_is_counted()
    {
        var nothing = Over(await TestStorage.ConnectionStringAsync()).PublicBlobs.GetBlobClient("nothing");

        var thrown = await ThrownExceptions.InAsync(() => nothing.DownloadIfExistsAsync(Cancel));

        Assert.Contains(thrown, e => e is RequestFailedException);
    }

    private static HubStorage Over(string account) =>
        new(new TableServiceClient(account), new BlobServiceClient(account), new QueueServiceClient(account));
}
