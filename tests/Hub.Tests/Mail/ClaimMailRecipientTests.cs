using CitiesOfLearning.Hub.Tests.Journeys;
using MimeKit;

namespace CitiesOfLearning.Hub.Tests.Mail;

/// <summary>Whatever a sender calls a learner, the message goes to one address and has the headers that it always has.</summary>
public sealed class ClaimMailRecipientTests : IAsyncLifetime
{
    private HubUnderTest _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await HubUnderTest.StartAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Theory]
    [InlineData("Ada, everyone@example.org")]
    [InlineData("<everyone@example.org>")]
    [InlineData("Ada\u2028Bcc: everyone@example.org")]
    public async Task A_learners_name_adds_no_header(string name)
    {
        await _hub.DeliverAsync("ada@example.org", name);
        await _hub.PumpAsync();

        var message = Assert.Single(_hub.Mail.Posted);
        Assert.Equal(["ada@example.org"], message.GetRecipients().Select(r => r.Address));
        Assert.Equal(["auto-submitted", "content-type", "date", "from", "message-id", "mime-version", "subject", "to"], message.Headers
            .Concat(message.Body!.Headers)
            .Select(h => h.Field.ToLowerInvariant())
            .Distinct()
            .Order());
        Assert.Empty(message.Cc.Concat(message.Bcc));
    }

    [Theory]
    [InlineData("Ada\r\nBcc: everyone@example.org")]
    [InlineData("Ada\nSubject: Free money\n\nHello")]
    public async Task A_name_of_several_lines_is_none(string name)
    {
        await _hub.DeliverAsync("ada@example.org", name);
        await _hub.PumpAsync();

        var message = Assert.Single(_hub.Mail.Posted);
        Assert.Equal(["ada@example.org"], message.GetRecipients().Select(r => r.Address));
        Assert.DoesNotContain("Ada", message.TextBody, StringComparison.Ordinal);
        Assert.StartsWith("Your badge: ", message.Subject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ada@example.org\r\nBcc: everyone@example.org")]
    [InlineData("ada@example.org, everyone@example.org")]
    [InlineData("ada@example.org;everyone@example.org")]
    [InlineData("<ada@example.org>,<everyone@example.org>")]
    public async Task An_address_that_is_two_is_none(string address)
    {
        await _hub.DeliverAsync(address);
        await _hub.PumpAsync();

        Assert.Empty(_hub.Mail.Posted);
    }

    [Theory]
    [InlineData("ada+badges@example.org")]
    [InlineData("o'brien@example.org")]
    [InlineData("siân@example.org")]
    [InlineData("संपर्क@example.org")]
    [InlineData("ที่อยู่@example.org")]
    public async Task An_unusual_address_is_written_to(string address)
    {
        await _hub.IssueAsync(address);

        Assert.Equal(address, Assert.Single(_hub.Mail.Posted).To.Mailboxes.Single().Address);
    }
}
