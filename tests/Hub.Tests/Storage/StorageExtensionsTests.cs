using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using CitiesOfLearning.DevHost.Storage;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Tests.Cities;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Storage;

public sealed class StorageExtensionsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_many_who_write_a_blob_that_was_not_there_one_does()
    {
        var blob = (await TestHub.StartAsync()).Storage.CityBlobs.GetBlobClient("a");

        var written = await Task.WhenAll(Enumerable
            .Range(0, 10)
            .Select(i => blob.UploadIfAbsentAsync(new byte[] { (byte)i }, "text/plain", Cancel)));

        Assert.Single(written, w => w);
        Assert.Equal(Array.IndexOf(written, true), (await blob.DownloadIfExistsAsync(Cancel))!.Content.ToArray()[0]);
    }

    [Fact]
    public async Task A_blob_is_replaced_only_as_it_was_read()
    {
        var blob = (await TestHub.StartAsync()).Storage.CityBlobs.GetBlobClient("a");

        Assert.Null(await blob.DownloadIfExistsAsync(Cancel));
        Assert.True(await blob.UploadIfUnchangedAsync(new byte[] { 1 }, "text/plain", null, Cancel));
        Assert.False(await blob.UploadIfUnchangedAsync(new byte[] { 2 }, "text/plain", null, Cancel));
        var read = (await blob.DownloadIfExistsAsync(Cancel))!.Details.ETag;
        Assert.True(await blob.UploadIfUnchangedAsync(new byte[] { 3 }, "text/plain", read, Cancel));
        Assert.False(await blob.UploadIfUnchangedAsync(new byte[] { 4 }, "text/plain", read, Cancel));
        Assert.Equal([3], (await blob.DownloadIfExistsAsync(Cancel))!.Content.ToArray());
    }

    [Fact]
    public async Task A_row_is_added_once_and_replaced_only_as_it_was_read()
    {
        var table = (await TestHub.StartAsync()).Storage.Audit;
        await table.CreateIfNotExistsAsync(Cancel);

        Assert.True(await table.AddIfAbsentAsync(new TableEntity("p", "r") { ["Value"] = 1 }, Cancel));
        Assert.False(await table.AddIfAbsentAsync(new TableEntity("p", "r") { ["Value"] = 2 }, Cancel));
        var read = (await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancel)).Value;
        Assert.True(await table.ReplaceIfUnchangedAsync(new TableEntity("p", "r") { ["Value"] = 3 }, read.ETag, Cancel));
        Assert.False(await table.ReplaceIfUnchangedAsync(new TableEntity("p", "r") { ["Value"] = 4 }, read.ETag, Cancel));
        Assert.Equal(3, (await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancel)).Value.GetInt32("Value"));
    }

    [Fact]
    public async Task Trouble_is_not_mistaken_for_being_late()
    {
        var account = await TestStorage.ConnectionStringAsync();
        var refused = new BlobServiceClient(account.Replace(Azurite.AccountKey, Convert.ToBase64String(new byte[64])))
            .GetBlobContainerClient("cities")
            .GetBlobClient("a");

        await Assert.ThrowsAsync<RequestFailedException>(() => refused.UploadIfAbsentAsync(new byte[1], "text/plain", Cancel));
        await Assert.ThrowsAsync<RequestFailedException>(() => refused.DownloadIfExistsAsync(Cancel));
    }
}
