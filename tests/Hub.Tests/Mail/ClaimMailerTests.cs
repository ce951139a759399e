using Azure.Data.Tables;
using Azure.Storage.Queues;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Claims;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Issuing;
using CitiesOfLearning.Hub.Mail;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Tests.Cities;
using CitiesOfLearning.Hub.Tests.Journeys;
using Microsoft.Graph.Models.ODataErrors;

namespace CitiesOfLearning.Hub.Tests.Mail;

/// <summary>
/// One message, to one learner, until the mail system has it. Security rows 15 (429 not retried) and 19 (a class in Bcc).
/// </summary>
public sealed class ClaimMailerTests : IAsyncLifetime
{
    private HubUnderTest _hub = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _hub = await HubUnderTest.StartAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_message_goes_to_one_learner_and_says_so_to_machines()
    {
        var badge = await _hub.IssueAsync("ada@example.org");

        var message = Assert.Single(_hub.Mail.Posted);
        Assert.Equal("ada@example.org", Assert.Single(message.To.Mailboxes).Address);
        Assert.Empty(message.Cc);
        Assert.Empty(message.Bcc);
        Assert.Empty(message.ResentBcc);
        Assert.Equal($"{badge.AwardId}@hub.example", message.MessageId);
        Assert.Equal("auto-generated", message.Headers["Auto-Submitted"]);
        Assert.Contains("/claim/", message.HtmlBody);
        Assert.Contains("/claim/", message.TextBody);
    }

    [Theory]
    [InlineData("en", "Plymouth City of Learning", "Your badge: ")]
    [InlineData("cy-GB", "Dinas Dysgu Plymouth", "Eich bathodyn: ")]
    public async Task A_message_comes_from_a_sender_named_in_the_learners_language(string language, string sender, string subject)
    {
        await _hub.IssueAsync("gethin@example.org", language);

        var message = Assert.Single(_hub.Mail.Posted);
        Assert.Equal((sender, "badges@plymouth.example"), (message.From.Mailboxes.Single().Name, message.From.Mailboxes.Single().Address));
        Assert.StartsWith(subject, message.Subject);
        Assert.Contains(sender, message.TextBody);
    }

    [Fact]
    public async Task A_message_says_what_the_badge_said_when_it_was_awarded()
    {
        await IssuedAsync("ada@example.org");
        var later = Sample.Edited(
            "plymouth",
            "badges/tide-pool-surveyor.json",
            ("\"version\": 1", "\"version\": 2"),
            ("Tide pool surveyor", "Shore warden"),
            ("An orange starfish", "A red starfish"));
        Assert.NotNull((await _hub.Get<CityStore>().ActivateAsync("plymouth", later, Cancel)).City);

        await _hub.PumpAsync();

        var message = Assert.Single(_hub.Mail.Posted);
        Assert.Equal("Your badge: Tide pool surveyor", message.Subject);
        Assert.Contains("Tide pool surveyor", message.TextBody);
        Assert.Contains("An orange starfish", message.HtmlBody);
        Assert.Contains("/badges/tide-pool-surveyor/v1.png", message.HtmlBody);
        Assert.DoesNotContain("Shore warden", message.HtmlBody);
    }

    [Fact]
    public async Task A_class_gets_a_message_each()
    {
        var addresses = Enumerable.Range(0, 10).Select(i => $"learner-{i}@example.org").ToArray();
        await Task.WhenAll(addresses.Select(a => _hub.DeliverAsync(a)));
        await _hub.PumpAsync();

        Assert.Equal(addresses, _hub.Mail.Posted.Select(m => Assert.Single(m.To.Mailboxes).Address).Order());
    }

    [Fact]
    public async Task A_busy_mail_system_is_left_alone_as_long_as_it_asks_and_longer_each_time()
    {
        foreach (var retryAfter in new[] { "120", null, null, "7", null })
        {
            _hub.Mail.Answers.Enqueue(new MailAnswer.Status(429, retryAfter));
        }

        await _hub.IssueAsync("ada@example.org");

        Assert.Equal([120, 10, 20, 40, 80], _hub.Delays.All.Select(d => (int)d.TotalSeconds));
        Assert.Equal(6, _hub.Mail.Posted.Count);
        Assert.Single(_hub.Mail.Posted.Select(m => m.MessageId).Distinct());
        Assert.Equal(1, Assert.Single(_hub.Mail.Box.List()).Copies);
        Assert.Equal(AwardState.Notified, (await _hub.AwardAsync(_hub.AwardIdOf("ada@example.org"))).State);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_mail_system_in_trouble_is_asked_again(int status)
    {
        _hub.Mail.Answers.Enqueue(new MailAnswer.Status(status, "Wed, 21 Oct 2026 07:28:00 GMT"));

        await _hub.IssueAsync("ada@example.org");

        Assert.Equal([5], _hub.Delays.All.Select(d => (int)d.TotalSeconds));
        Assert.Single(_hub.Mail.Box.List());
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_right_to_send_that_does_not_hold_yet_is_waited_for_longer_each_time(int status)
    {
        for (var attempt = 0; attempt < 6; attempt++)
        {
            _hub.Mail.Answers.Enqueue(new MailAnswer.Status(status));
        }

        await _hub.IssueAsync("ada@example.org");

        Assert.Equal([5, 10, 20, 40, 80, 160], _hub.Delays.All.Select(d => (int)d.TotalSeconds));
        Assert.Single(_hub.Mail.Box.List());
    }

    [Fact]
    public async Task A_connection_cut_after_the_message_was_taken_sends_the_same_message_again()
    {
        _hub.Mail.Answers.Enqueue(new MailAnswer.AcceptAndCut());

        await _hub.IssueAsync("ada@example.org");

        Assert.Equal(2, _hub.Mail.Posted.Count);
        Assert.Single(_hub.Mail.Posted.Select(m => m.MessageId).Distinct());
        var mail = Assert.Single(_hub.Mail.Box.List());
        Assert.Equal(2, mail.Copies);

        // The learner has the first copy: its link must still be good.
        var token = mail.Links.First(l => l.Contains("/claim/", StringComparison.Ordinal)).Split('/')[^1];
        Assert.NotNull(await _hub
            .Get<ClaimService>()
            .LookAsync(TicketKind.Link, token, Cancel));
    }

    [Fact]
    public async Task Handlers_at_the_same_time_send_it_once()
    {
        var id = await IssuedAsync("ada@example.org");

        await Task.WhenAll(Enumerable
            .Range(0, 8)
            .Select(_ => _hub.Get<ClaimMailer>().HandleAsync(new AwardChange(id, AwardEventKind.Issued, 2).Write(), Cancel)));
        await _hub.PumpAsync();

        Assert.Single(_hub.Mail.Posted);
    }

    [Fact]
    public async Task A_message_that_came_again_after_it_was_sent_sends_nothing()
    {
        var badge = await _hub.IssueAsync("ada@example.org");

        await _hub.Get<ClaimMailer>().HandleAsync(new AwardChange(badge.AwardId, AwardEventKind.Issued, 2).Write(), Cancel);

        Assert.Single(_hub.Mail.Posted);
    }

    [Fact]
    public async Task What_the_mail_system_refuses_for_good_ends_with_a_person_and_does_not_go_round()
    {
        var id = await IssuedAsync("ada@example.org");
        for (var attempt = 0; attempt < 5; attempt++)
        {
            // As the host does: the same message again at once.
            _hub.Mail.Answers.Enqueue(new MailAnswer.Status(400));
            await Assert.ThrowsAsync<ODataError>(() => _hub
                .Get<ClaimMailer>()
                .HandleAsync(new AwardChange(id, AwardEventKind.Issued, 2).Write(), Cancel));
        }

        Assert.Empty(_hub.Delays.All);
        Assert.Equal(5, _hub.Mail.Posted.Count);
    }

    [Fact]
    public async Task After_seven_days_of_trouble_a_person_must_look()
    {
        var id = await IssuedAsync("ada@example.org");
        _hub.Mail.Answers.Enqueue(new MailAnswer.Status(503));
        _hub.Mail.Answers.Enqueue(new MailAnswer.Status(503));

        for (var i = 0; i < 2; i++)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => _hub
                .Get<ClaimMailer>()
                .HandleAsync(new AwardChange(id, AwardEventKind.Issued, 2, 40).Write(), Cancel));
        }

        Assert.Empty(_hub.Delays.All);
    }

    [Fact]
    public async Task The_longest_wait_is_six_hours_and_all_together_seven_days()
    {
        var id = await IssuedAsync("ada@example.org");
        for (var attempt = 0; attempt < 40; attempt++)
        {
            _hub.Mail.Answers.Enqueue(new MailAnswer.Status(503));
            await _hub.Get<ClaimMailer>().HandleAsync(new AwardChange(id, AwardEventKind.Issued, 2, attempt).Write(), Cancel);
        }

        var waits = _hub.Delays.All.ToArray();
        Assert.Equal(TimeSpan.FromHours(6), waits.Max());
        Assert.Equal(waits.Order(), waits);
        Assert.InRange(waits.Aggregate((a, b) => a + b), TimeSpan.FromDays(7), TimeSpan.FromDays(8));
    }

    [Fact]
    public async Task A_learner_without_an_address_waits_for_a_slip()
    {
        var id = await IssuedAsync("ada@example.org");
        var learner = (await _hub.AwardAsync(id)).LearnerId;
        var person = (await _hub.Storage.Learners.GetEntityAsync<TableEntity>(
            learner, "person", cancellationToken: Cancel)).Value;
        person.Remove("Address");
        await _hub.Storage.Learners.UpdateEntityAsync(person, person.ETag, TableUpdateMode.Replace, Cancel);

        await _hub.PumpAsync();

        Assert.Empty(_hub.Mail.Posted);
        Assert.Equal(AwardState.Issued, (await _hub.AwardAsync(id)).State);
    }

    // Issued, with its message still in the queue.
    private async Task<AwardId> IssuedAsync(string address)
    {
        await _hub.DeliverAsync(address);
        foreach (var (queue, handle) in new (QueueClient, Func<string, CancellationToken, Task>)[]
        {
            (_hub.Storage.DeliveryMessages, _hub.Get<DeliveryHandler>().HandleAsync),
            (_hub.Storage.AwardMessages, _hub.Get<CredentialIssuer>().HandleAsync),
        })
        {
            var message = (await queue.ReceiveMessageAsync(cancellationToken: Cancel)).Value;
            await handle(message.Body.ToString(), Cancel);
            await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, Cancel);
        }

        return _hub.AwardIdOf(address);
    }
}
