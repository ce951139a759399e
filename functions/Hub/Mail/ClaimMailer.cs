using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Claims;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Learners;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Storage;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace CitiesOfLearning.Hub.Mail;

/// <summary>
/// NOTIFY: one message to one learner for each award, when a mailbox has a turn for it. The award is held while the message is sent, so two
/// handlers never send it both; if the process dies in between, the message is sent again with the same Message-ID, and mail systems drop
/// the copy.
/// </summary>
public sealed partial class ClaimMailer(
    AwardTable awards,
    LearnerTable learners,
    CityDirectory cities,
    PublishedAchievements badges,
    ClaimTokens tokens,
    MailPace pace,
    GraphMail graph,
    HubStorage storage,
    HubUrls urls,
    Postpone postpone,
    TimeProvider time,
    ILogger<ClaimMailer> logger)
{
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(30);

    /// <summary>Handles one message of queue mail.</summary>
    /// <exception cref="InvalidOperationException">The mail system has put this message off for seven days: a person must look.</exception>
    public Task HandleAsync(string message, CancellationToken cancellationToken) =>
        postpone.HandleAsync(AwardChange.Read(message), HandleAsync, cancellationToken);

    private async Task HandleAsync(AwardChange change, CancellationToken cancellationToken)
    {
        if (await awards.FindAsync(change.Award, cancellationToken) is not { WantsMail: true } award)
        {
            return;
        }

        var city = (await cities.FindAsync(award.City, cancellationToken))!;
        var learner = await learners.FindAsync(award.LearnerId, cancellationToken);
        if (learner?.Address is not { } address)
        {
            // Stays Issued: a steward prints a slip.
            Log.NoAddress(logger, award.Id);
            return;
        }

        var turn = await pace.TurnAsync(city.Sender, change.Slot, cancellationToken);
        if (turn.Wait > TimeSpan.Zero)
        {
            await storage.SendAsync(change with { Slot = turn.Slot }, turn.Wait, cancellationToken);
            return;
        }

        switch (await awards.ChangeAsync(award, now => now.HoldForMail(time.GetUtcNow(), Hold), cancellationToken))
        {
            case Transition.Changed { Award: var held }:
                await SendAsync(held, city, (address, learner.Name), turn, change, cancellationToken);
                break;
            case Transition.Unchanged:
                // Somebody else is sending it. Look again afterwards, in case that process died.
                await storage.SendAsync(change with { Slot = null }, Hold, cancellationToken);
                break;
        }
    }

    private async Task SendAsync(
        Award award,
        City city,
        (string Address, string? Name) learner,
        MailTurn turn,
        AwardChange change,
        CancellationToken cancellationToken)
    {
        try
        {
            if (await SendAsync(award, city, learner, turn.Address, cancellationToken) is { } wait)
            {
                await pace.CloseAsync(turn.Slot, wait);
                await PutOffAsync(award, change, wait, cancellationToken);
            }
        }
        catch
        {
            // The next attempt need not wait until the hold runs out.
            await LetGoAsync(award, CancellationToken.None);
            throw;
        }
    }

    /// <returns>Null when it is sent; else how long the mail system asks to wait.</returns>
    private async Task<TimeSpan?> SendAsync(
        Award award, City city, (string Address, string? Name) learner, string mailbox, CancellationToken cancellationToken)
    {
        var badge = await badges.ForAwardAsync(award, city, cancellationToken);
        var link = urls.Claim(tokens.Of(award.Id), award.Language == city.Languages[0] ? null : award.Language);
        var text = ClaimMail.Write(
            city, badge, learner.Name, award.Language, link, urls.BadgeImage(city.Id, badge.Id, badge.Version, "png"));
        using var message = Compose(city, award, mailbox, learner.Address, text);
        if (await graph.SendAsync(mailbox, message, cancellationToken) is { } wait)
        {
            return wait;
        }

        await awards.ChangeAsync(award, now => now.Notify(time.GetUtcNow()), cancellationToken);
        Log.Notified(logger, award.Id);
        return null;
    }

    private MimeMessage Compose(City city, Award award, string mailbox, string address, MailText text)
    {
        var message = new MimeMessage
        {
            Subject = text.Subject,
            MessageId = $"{award.Id}@{new Uri(urls.PublicUrl).Host}",
            Date = time.GetUtcNow(),
            Body = new BodyBuilder { HtmlBody = text.Html, TextBody = text.Text }.ToMessageBody(),
        };
        message.From.Add(new MailboxAddress(city.Sender.Name.In(award.Language), mailbox));
        message.To.Add(new MailboxAddress("", address));
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private async Task PutOffAsync(Award award, AwardChange change, TimeSpan wait, CancellationToken cancellationToken)
    {
        await LetGoAsync(award, cancellationToken);
        await postpone.PutOffAsync(change with { Slot = null }, wait, cancellationToken);
        Log.PutOff(logger, award.Id, change.Attempt);
    }

    private Task LetGoAsync(Award award, CancellationToken cancellationToken) =>
        awards.ChangeAsync(award, now => now.LetGo(), cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Notified {AwardId}")]
        public static partial void Notified(ILogger logger, AwardId awardId);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Award {AwardId} has no address to write to; print a slip")]
        public static partial void NoAddress(ILogger logger, AwardId awardId);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The mail system put off the message for award {AwardId} (attempt {Attempt})")]
        public static partial void PutOff(ILogger logger, AwardId awardId, int attempt);
    }
}
