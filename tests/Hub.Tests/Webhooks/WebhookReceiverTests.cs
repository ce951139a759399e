using System.Globalization;
using System.Text;
using CitiesOfLearning.Hub.Senders;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Tests.Cities;
using CitiesOfLearning.Hub.Webhooks;

namespace CitiesOfLearning.Hub.Tests.Webhooks;

public sealed class WebhookReceiverTests
{
    [Fact]
    public async Task What_was_accepted_is_in_the_inbox_byte_for_byte_and_in_the_queue()
    {
        var hub = await WebhookHub.StartAsync();
        var body = Encoding.UTF8.GetBytes("""{ "type" : "completed",   "name":"Ŵyn\u0041"  }""");

        var receipt = await hub.ReceiveAsync(
            "hub", SomeWebhook.Standard(body, contentType: "application/json; charset=\"UTF-8\""));

        Assert.Equal(new Receipt.Accepted(new ProfileAnswer(200)), receipt);
        var message = DeliveryMessage.Read(await hub.NextMessageAsync());
        Assert.Equal($"plymouth/hub/2026/11/23/{message.Delivery}", message.Blob);
        var stored = await hub.Inbox.LoadAsync(message, CancellationToken.None);
        Assert.Equal(body, stored!.Body.ToArray());
        Assert.Equal("standard-webhooks", stored.Profile);
        Assert.Equal(SomeCity.Now, stored.ReceivedAt);
        Assert.Equal("application/json; charset=\"UTF-8\"", stored.ContentType);
        Assert.Equal(["webhook-id", "webhook-timestamp"], stored.Headers.Keys.Order());
    }

    [Fact]
    public async Task A_message_carries_ids_only()
    {
        var hub = await WebhookHub.StartAsync();

        await hub.ReceiveAsync("hub", SomeWebhook.Standard(WebhookHub.Completion()));

        var text = await hub.NextMessageAsync();
        var message = DeliveryMessage.Read(text);
        Assert.Equal(
            $$"""{"city":"plymouth","source":"hub","delivery":"{{message.Delivery}}","blob":"plymouth/hub/2026/11/23/""" +
            $$"""{{message.Delivery}}","attempt":0,"traceparent":"{{message.TraceParent}}"}""", text);
    }

    [Fact]
    public async Task A_second_copy_is_queued_again_and_answered_the_same()
    {
        var hub = await WebhookHub.StartAsync();

        var first = await hub.ReceiveAsync("hub", SomeWebhook.Standard(WebhookHub.Completion()));
        var second = await hub.ReceiveAsync(
            "hub", SomeWebhook.Standard(WebhookHub.Completion(activity: "another"), at: SomeCity.Now.AddSeconds(60)));

        Assert.Equal(first, second);
        var blob = Assert.Single(await hub.BlobsAsync());
        Assert.Equal(2, await hub.MessagesAsync(hub.Storage.DeliveryMessages));
        Assert.Equal(WebhookHub.Completion(), await hub.BlobAsync(blob));
    }

    [Fact]
    public async Task Without_an_id_of_the_senders_the_content_is_the_id()
    {
        var hub = await WebhookHub.StartAsync();

        await hub.ReceiveAsync("code-club", SomeWebhook.GitHub("{}"u8.ToArray()));
        await hub.ReceiveAsync("code-club", SomeWebhook.GitHub("{}"u8.ToArray()));
        await hub.ReceiveAsync("code-club", SomeWebhook.GitHub("{ }"u8.ToArray()));

        Assert.Equal(2, (await hub.BlobsAsync()).Count);
    }

    [Fact]
    public async Task An_unknown_source_and_a_bad_signature_get_the_same_receipt_and_change_nothing()
    {
        var hub = await WebhookHub.StartAsync();
        var body = WebhookHub.Completion();

        Receipt[] receipts =
        [
            await hub.ReceiveAsync("nobody", SomeWebhook.Standard(body)),
            await hub.ReceiveAsync("hub", SomeWebhook.Standard(body, secret: "whsec_AAAA")),
            await hub.ReceiveAsync("hub", SomeWebhook.Standard(body, at: SomeCity.Now.AddSeconds(-301))),
            await hub.ReceiveAsync("moodle", SomeWebhook.Unsigned(body)),
            await hub.ReceiveAsync("code-club", SomeWebhook.GitHub(body, "wrong", "text/html")),
            await hub.ReceiveAsync("code-club", SomeWebhook.GitHub("{"u8.ToArray(), "wrong")),
            await hub.ReceiveAsync("code-club", SomeWebhook.GitHub(new byte[2 * 1024 * 1024], "wrong")),
        ];

        Assert.All(receipts, r => Assert.Equal(new Receipt.Refused(), r));
        await hub.AssertNothingChangedAsync();
    }

    [Theory]
    [InlineData("utf8")]
    [InlineData("UTF8")]
    [InlineData("utf-8")]
    [InlineData("\"utf8\"")]
    [InlineData("utf_8")]
    [InlineData("unicode-1-1-utf-8")]
    public async Task UTF_8_is_taken_however_it_is_spelled(string charset)
    {
        var hub = await WebhookHub.StartAsync();

        Assert.IsType<Receipt.Accepted>(
            await hub.ReceiveAsync("hub", SomeWebhook.Standard("{}"u8.ToArray(), contentType: $"application/json; charset={charset}")));
    }

    [Fact]
    public async Task Headers_by_their_name_from_before_the_standard_mean_the_same_delivery()
    {
        var hub = await WebhookHub.StartAsync();
        var body = """{"type":"ping"}"""u8.ToArray();
        var timestamp = SomeCity.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var old = SomeWebhook.Unsigned(
            body,
            "application/json",
            ("svix-id", "msg_1"),
            ("svix-timestamp", timestamp),
            ("svix-signature", "v1," + SomeWebhook.StandardSignature(body, "msg_1", timestamp)));
        var forged = SomeWebhook.Unsigned(
            body, "application/json", ("svix-id", "msg_2"), ("svix-timestamp", timestamp), ("svix-signature", "v1,AAAA"));

        var receipts = new[]
        {
            await hub.ReceiveAsync("hub", old),
            await hub.ReceiveAsync("hub", SomeWebhook.Standard(body)),
            await hub.ReceiveAsync("hub", forged),
        };

        Assert.IsType<Receipt.Accepted>(receipts[0]);
        Assert.IsType<Receipt.Accepted>(receipts[1]);
        Assert.Equal(new Receipt.Refused(), receipts[2]);
        var cancel = TestContext.Current.CancellationToken;
        Assert.Single(await hub.Storage.InboxBlobs.GetBlobsAsync(cancellationToken: cancel).ToListAsync(cancel));
    }

    [Theory]
    [InlineData("application/json; charset=utf-16", "Send the body in UTF-8.")]
    [InlineData("application/json; charset=iso-8859-1", "Send the body in UTF-8.")]
    [InlineData("text/html", "Send one of these as Content-Type: application/json.")]
    [InlineData("application/x-www-form-urlencoded", "Send one of these as Content-Type: application/json.")]
    [InlineData("nonsense", "Send one of these as Content-Type: application/json.")]
    public async Task A_body_sent_in_a_way_the_source_does_not_speak_is_unsupported(string contentType, string detail)
    {
        var hub = await WebhookHub.StartAsync();

        var receipt = await hub.ReceiveAsync("code-club", SomeWebhook.GitHub("{}"u8.ToArray(), contentType: contentType));

        Assert.Equal(new Receipt.Unsupported(WebhookProblem.UnsupportedMedia(detail)), receipt);
        await hub.AssertNothingChangedAsync();
    }

    [Theory]
    [InlineData("gzip", false)]
    [InlineData("br", false)]
    [InlineData("identity", true)]
    public async Task A_compressed_body_is_unsupported(string encoding, bool taken)
    {
        var hub = await WebhookHub.StartAsync();

        var receipt = await hub.ReceiveAsync(
            "code-club", SomeWebhook.GitHub("{}"u8.ToArray(), headers: ("Content-Encoding", encoding)));

        Assert.Equal(taken, receipt is Receipt.Accepted);
        Assert.Equal(!taken, receipt is Receipt.Unsupported);
    }

    [Fact]
    public async Task Two_megabytes_are_too_large_for_a_source_that_takes_one()
    {
        var hub = await WebhookHub.StartAsync();
        var body = Encoding.UTF8.GetBytes($$"""{"text":"{{new string('x', 2 * 1024 * 1024)}}"}""");

        var receipt = await hub.ReceiveAsync("code-club", SomeWebhook.GitHub(body));

        Assert.Equal(new Receipt.TooLarge(WebhookProblem.TooLarge(1024 * 1024)), receipt);
        await hub.AssertNothingChangedAsync();
        Assert.IsType<Receipt.Accepted>(
            await hub.ReceiveAsync("code-club", SomeWebhook.GitHub(body), Sample.Edited(
                "plymouth", "sources/code-club.json", ("\"rules\"", "\"maxBodyBytes\": 4194304, \"rules\""))));
    }

    [Fact]
    public async Task A_body_is_read_no_further_than_allowed()
    {
        var whole = new byte[100];

        Assert.Equal(whole, await BoundedBody.ReadAsync(new MemoryStream(whole), null, 100, CancellationToken.None));
        Assert.Equal(whole, await BoundedBody.ReadAsync(new MemoryStream(whole), 5, 100, CancellationToken.None));
        Assert.Null(await BoundedBody.ReadAsync(new MemoryStream(whole), null, 99, CancellationToken.None));
        Assert.Null(await BoundedBody.ReadAsync(new MemoryStream(whole), 101, 100, CancellationToken.None));
    }

    [Fact]
    public async Task A_header_of_any_length_and_script_is_stored_or_forgotten_never_fatal()
    {
        var hub = await WebhookHub.StartAsync();

        var exotic = await hub.ReceiveAsync(
            "code-club", SomeWebhook.GitHub("{}"u8.ToArray(), headers: ("X-GitHub-Delivery", "日本語 \"=é")));
        var endless = await hub.ReceiveAsync(
            "code-club", SomeWebhook.GitHub("{}"u8.ToArray(), headers: ("X-GitHub-Delivery", new string('x', 30_000))));

        Assert.IsType<Receipt.Accepted>(exotic);
        Assert.IsType<Receipt.Accepted>(endless);
        Assert.Equal(2, (await hub.BlobsAsync()).Count);
    }
}
