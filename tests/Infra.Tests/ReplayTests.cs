using System.Globalization;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Operator;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Infra.Tests;

/// <summary>The operator's command, against real storage.</summary>
public sealed class ReplayTests
{
    private const string Blob = "plymouth/hub/2026/12/01/d1";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_failed_is_listed_with_what_was_sent_and_tried_again_by_id_by_queue_or_all()
    {
        var account = await TestStorage.ConnectionStringAsync();
        var storage = Storage(account);
        await storage.CreateAsync(Cancel);
        var metadata = new Dictionary<string, string>
        {
            ["profile"] = "hub",
            ["receivedat"] = "2026-12-01T10:00:00.0000000+00:00",
            ["contenttype"] = Convert.ToBase64String("application/json"u8),
            ["headers"] = Convert.ToBase64String("{}"u8),
        };
        await storage.InboxBlobs.GetBlobClient(Blob).UploadAsync(
            BinaryData.FromString("""{"learner":{"email":"ada@example.org"}}"""), new BlobUploadOptions { Metadata = metadata }, Cancel);
        await FailAsync("d1", "d2", "d3");
        await storage.Upkeep.AddEntityAsync(
            new TableEntity("plymouth", "deliveries.hub.d0")
            {
                ["Queue"] = HubStorage.DeliveriesQueue,
                ["Text"] = new DeliveryMessage(SampleCity.Plymouth, "hub", "d0", Blob[..^2] + "d0").Write(),
                ["FailedAt"] = "2026-11-24T08:30:59.0000000+00:00",
                ["Error"] = nameof(TimeoutException),
            },
            Cancel);

        var before = Minute();
        var listed = await RunAsync(account);
        string[] then = [before, Minute()];
        var one = await RunAsync(account, "deliveries.hub.d1");
        var none = await RunAsync(account, "deliveries.hub.d1");
        var queue = await RunAsync(account, "--queue", "mail");
        var all = await RunAsync(account, "--all");
        var after = await RunAsync(account);

        Assert.Equal(0, listed.Exit);
        Assert.StartsWith("2026-11-24 08:30 plymouth TimeoutException deliveries.hub.d0\n", listed.Said, StringComparison.Ordinal);
        foreach (var n in new[] { 1, 2, 3 })
        {
            // Whoever moves it from the poison queue knows no reason, and when it was moved.
            var end = $" plymouth - deliveries.hub.d{n}";
            var line = Assert.Single(listed.Said.Split('\n'), l => l.EndsWith(end, StringComparison.Ordinal));
            Assert.Contains(line[..16], then);
        }

        Assert.Contains("plymouth - deliveries.hub.d1\n    {", listed.Said, StringComparison.Ordinal);
        Assert.Contains("a…@example.org", listed.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("ada@", listed.Said, StringComparison.Ordinal);
        Assert.EndsWith("4 wait\n", listed.Said, StringComparison.Ordinal);
        Assert.Equal((0, "1 tried again\n"), one);
        Assert.Equal((1, "0 tried again\n"), none);
        Assert.Equal((0, "0 tried again\n"), queue);
        Assert.Equal((0, "3 tried again\n"), all);
        Assert.Equal((0, "0 wait\n"), after);
        var sent = (await storage.DeliveryMessages.ReceiveMessagesAsync(32, cancellationToken: Cancel)).Value;
        Assert.Equal(["d0", "d1", "d2", "d3"], sent.Select(m => DeliveryMessage.Read(m.Body.ToString()).Delivery).Order());

        static string Minute() => TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

        async Task FailAsync(params string[] deliveries)
        {
            var poison = storage.PoisonMessages.Single(q => q.Name == "deliveries-poison");
            await poison.CreateIfNotExistsAsync(cancellationToken: Cancel);
            foreach (var delivery in deliveries)
            {
                await poison.SendMessageAsync(
                    new DeliveryMessage(SampleCity.Plymouth, "hub", delivery, Blob[..^2] + delivery).Write(), Cancel);
            }
        }
    }

    private static HubStorage Storage(string account) => new(
        new TableServiceClient(account),
        new BlobServiceClient(account),
        new QueueServiceClient(account, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }));

    private static async Task<(int Exit, string Said)> RunAsync(string account, params string[] asked)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var exit = await Replay.RunAsync(
            [.. asked, "--Hub:PublicUrl=https://badges.example.org", $"--AzureWebJobsStorage={account}"], output, Cancel);
        return (exit, output.ToString());
    }
}
