using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Graph.Users.Item.SendMail;
using Microsoft.Kiota.Abstractions.Authentication;
using MimeKit;

namespace CitiesOfLearning.DevHost.Tests;

public sealed class MailTests : IAsyncLifetime
{
    private const string Html =
        """<p>Da iawn! <a class="b" href="http://localhost/claim/abc?x=1&amp;y=2">Claim</a> <a href='http://localhost/help'>Help</a></p>""";

    private readonly string _data = Directory.CreateTempSubdirectory("mail-tests-").FullName;
    private RunningSite _site = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await RunningSite.StartAsync(_data, []);

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task What_the_Graph_SDK_sends_is_in_the_mailbox()
    {
        await SendAsync(Message("ada@example.org"));

        var mail = Assert.Single(await MailAsync());
        Assert.Equal("ada@example.org", (string?)mail["to"]);
        Assert.Equal("badges@example.org", (string?)mail["from"]);
        Assert.Equal("Bathodyn newydd – ŵ", (string?)mail["subject"]);
        Assert.Equal(Html, (string?)mail["html"]);
        Assert.Equal(["http://localhost/claim/abc?x=1&y=2", "http://localhost/help"], mail["links"]!.AsArray().Select(l => (string?)l));
        Assert.Equal(1, (int)mail["copies"]!);
        Assert.Matches("^[0-9]{4}-", (string?)mail["sentAt"]);
    }

    [Theory]
    [InlineData(ContentEncoding.Base64)]
    [InlineData(ContentEncoding.QuotedPrintable)]
    public async Task The_MIME_form_carries_HTML_and_plain_text(ContentEncoding encoding)
    {
        using var mime = Mime(encoding);

        using var answer = await SendMimeAsync(mime);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var mail = Assert.Single(await MailAsync());
        Assert.Equal("Bathodyn newydd – ŵ", (string?)mail["subject"]);
        Assert.Equal("Hawliwch: http://localhost/claim/abc", ((string?)mail["text"])!.TrimEnd());
        Assert.Contains("Da iawn! ŵ", (string?)mail["html"]);
        Assert.Equal("gethin@example.org", (string?)mail["to"]);
    }

    [Fact]
    public async Task The_Graph_SDK_can_send_the_MIME_form()
    {
        using var mime = Mime(ContentEncoding.Base64);
        var graph = Graph();
        var request = graph.Users["badges@example.org"].SendMail.ToPostRequestInformation(new SendMailPostRequestBody());
        request.Headers.Remove("Content-Type"); // the SDK has set application/json, and keeps the first
        request.SetStreamContent(new MemoryStream(Encoding.ASCII.GetBytes(Base64(mime))), "text/plain");

        await graph.RequestAdapter.SendNoContentAsync(request, cancellationToken: Cancel);

        Assert.Equal("gethin@example.org", (string?)Assert.Single(await MailAsync())["to"]);
    }

    [Fact]
    public async Task The_same_message_id_to_the_same_recipient_shows_once_and_is_counted()
    {
        await SendAsync(Message("ada@example.org", "<award-1@hub.example.org>"));
        await SendAsync(Message("Ada@example.org", "<award-1@hub.example.org>"));
        await SendAsync(Message("gethin@example.org", "<award-1@hub.example.org>"));
        await SendAsync(Message("ada@example.org", "<award-2@hub.example.org>"));

        var mail = await MailAsync();
        Assert.Equal(
            [("ada@example.org", 1), ("gethin@example.org", 1), ("ada@example.org", 2)],
            mail.Select(m => ((string)m["to"]!, (int)m["copies"]!)));
    }

    [Fact]
    public async Task The_same_message_id_counts_across_the_two_forms()
    {
        using var mime = Mime(ContentEncoding.Base64);
        await SendAsync(Message("gethin@example.org", $"<{mime.MessageId}>"));

        using var answer = await SendMimeAsync(mime);

        Assert.Equal(2, (int)Assert.Single(await MailAsync())["copies"]!);
    }

    [Fact]
    public async Task The_mailbox_survives_a_restart_until_it_is_emptied()
    {
        await SendAsync(Message("ada@example.org"));
        await _site.DisposeAsync();

        _site = await RunningSite.StartAsync(_data, []);
        Assert.Single(await MailAsync());
        using var emptied = await _site.Client.DeleteAsync("/local/mail", Cancel);

        Assert.Equal(HttpStatusCode.NoContent, emptied.StatusCode);
        Assert.Empty(await MailAsync());
        Assert.Empty(Directory.GetFiles(_data));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("")]
    public async Task A_file_that_is_no_message_hides_no_other_and_is_named(string content)
    {
        await SendAsync(Message("ada@example.org"));
        await _site.DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(_data, "half-written.json"), content, Cancel);

        _site = await RunningSite.StartAsync(_data, []);

        Assert.Single(await MailAsync());
        Assert.Contains("half-written.json", await _site.Client.GetStringAsync("/local/mail", Cancel));
    }

    [Fact]
    public async Task A_message_to_nobody_is_refused_as_Graph_refuses_it()
    {
        var refusal = await Assert.ThrowsAsync<ODataError>(() => SendAsync(Message()));

        Assert.Equal(400, refusal.ResponseStatusCode);
        Assert.Equal("ErrorInvalidRecipients", refusal.Error!.Code);
        Assert.Empty(await MailAsync());
    }

    [Theory]
    [InlineData("application/json", "{\"message\":", "BadRequest")]
    [InlineData("application/json", "[]", "BadRequest")]
    [InlineData("application/json", "{\"message\":{\"toRecipients\":[7]}}", "BadRequest")]
    [InlineData("text/plain", "not base64!", "ErrorMimeContentInvalidBase64String")]
    [InlineData("application/xml", "<m/>", "BadRequest")]
    public async Task Malformed_requests_are_refused(string type, string body, string code)
    {
        using var content = new StringContent(body, Encoding.UTF8, type);

        using var answer = await _site.Client.PostAsync("/local/graph/v1.0/users/badges@example.org/sendMail", content, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(code, (string?)(await answer.Content.ReadFromJsonAsync<JsonNode>(Cancel))!["error"]!["code"]);
    }

    [Fact]
    public async Task Above_the_limit_of_a_mailbox_the_answer_says_when_to_try_again()
    {
        await _site.DisposeAsync();
        _site = await RunningSite.StartAsync(_data, ["--Local:MailPerMinute=2"]);
        using var mime = Mime(ContentEncoding.Base64);

        using var first = await SendMimeAsync(mime);
        using var second = await SendMimeAsync(mime);
        using var third = await SendMimeAsync(mime);

        Assert.Equal([202, 202, 429], new[] { first, second, third }.Select(a => (int)a.StatusCode));
        Assert.InRange(third.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
    }

    [Fact]
    public async Task A_mailbox_that_cannot_be_written_is_away_for_a_while()
    {
        var file = Path.Combine(_data, "file");
        await File.WriteAllTextAsync(file, "where the folder should be", Cancel);
        await _site.DisposeAsync();
        _site = await RunningSite.StartAsync(file, []);
        using var mime = Mime(ContentEncoding.Base64);

        using var answer = await SendMimeAsync(mime);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(10), answer.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task A_message_is_shown_where_it_can_run_nothing()
    {
        await SendAsync(Message("ada@example.org", html: "<script>alert(1)</script><p>Hello</p>"));
        var id = (string)Assert.Single(await MailAsync())["id"]!;

        var page = await _site.Client.GetStringAsync($"/local/mail/{id}", Cancel);
        using var frame = await _site.Client.GetAsync($"/local/mail/{id}/html", Cancel);

        Assert.DoesNotContain("<script>", page);
        Assert.Contains("sandbox=\"allow-top-navigation-by-user-activation\"", page);
        var policy = string.Join(' ', frame.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("sandbox", policy);
        Assert.DoesNotContain("allow-scripts", policy);
        Assert.Contains("no-store", frame.Headers.CacheControl!.ToString());
    }

    private static Message Message(string? to = null, string? messageId = null, string html = Html) => new()
    {
        Subject = "Bathodyn newydd – ŵ",
        Body = new ItemBody { ContentType = BodyType.Html, Content = html },
        ToRecipients = to is null ? [] : [new Recipient { EmailAddress = new EmailAddress { Address = to, Name = "Somebody" } }],
        InternetMessageId = messageId,
        InternetMessageHeaders = [new InternetMessageHeader { Name = "x-hub-award", Value = "1" }],
    };

    private static MimeMessage Mime(ContentEncoding encoding)
    {
        var message = new MimeMessage { Subject = "Bathodyn newydd – ŵ", MessageId = "mime-1@hub.example.org" };
        message.From.Add(new MailboxAddress("Dinasoedd", "badges@example.org"));
        message.To.Add(new MailboxAddress("Gethin ŵ", "gethin@example.org"));
        message.Body = new MultipartAlternative(
            new TextPart("plain") { Text = "Hawliwch: http://localhost/claim/abc", ContentTransferEncoding = encoding },
            new TextPart("html") { Text = "<p>Da iawn! ŵ</p>", ContentTransferEncoding = encoding });
        return message;
    }

    private static string Base64(MimeMessage message)
    {
        using var bytes = new MemoryStream();
        message.WriteTo(bytes);
        return Convert.ToBase64String(bytes.ToArray());
    }

    private GraphServiceClient Graph() =>
        new(_site.Client, new AnonymousAuthenticationProvider(), new Uri(_site.Client.BaseAddress!, "/local/graph/v1.0").ToString());

    private Task SendAsync(Message message) => Graph().Users["badges@example.org"].SendMail.PostAsync(
        new SendMailPostRequestBody { Message = message, SaveToSentItems = false }, cancellationToken: Cancel);

    private async Task<HttpResponseMessage> SendMimeAsync(MimeMessage message)
    {
        using var content = new StringContent(Base64(message), Encoding.ASCII, "text/plain");
        return await _site.Client.PostAsync("/local/graph/v1.0/users/badges@example.org/sendMail", content, Cancel);
    }

    private async Task<List<JsonNode>> MailAsync() => (await _site.Client.GetFromJsonAsync<List<JsonNode>>("/local/mail.json", Cancel))!;
}
