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
/// NOTIFY: one message to one learner for each award. The award is held while the message is sent, so two handlers never send it both; if
/// the process dies in between, the message is sent again with the same Message-ID, and mail systems drop the copy.
/// </summary>
public sealed partial class ClaimMailer(
    AwardTable awards,
    LearnerTable learners,
    CityDirectory cities,
    PublishedAchievements badges,
    ClaimTicketTable tickets,
    GraphMail graph,
    HubStorage storage,
    HubUrls urls,
    TimeProvider time,
    ILogger<ClaimMailer> logger)
{
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromHours(6);

    // 5 s, 10 s, 20 s … 6 h, 6 h …: seven days in all.
    private const int MaxAttempts = 40;

    /// <summary>Handles one message of queue mail.</summary>
    /// <exception cref="InvalidOperationException">The mail system has put this message off for seven days: a person must look.</exception>
    public async Task HandleAsync(string message, CancellationToken cancellationToken)
    {
        var change = AwardChange.Read(message);
        switch (await awards.ChangeAsync(change.Award, award => award.HoldForMail(time.GetUtcNow(), Hold), cancellationToken))
        {
            case Transition.Changed { Award: var award }:
                await SendAsync(award, change, cancellationToken);
                break;
            case Transition.Unchanged:
                // Somebody else is sending it. Look again afterwards, in case that process died.
                await storage.MailMessages.SendMessageAsync(message, Hold, cancellationToken: cancellationToken);
                break;
        }
    }

    private async Task SendAsync(Award award, AwardChange change, CancellationToken cancellationToken)
    {
        try
        {
            if (await SendAsync(award, cancellationToken) is { } wait)
            {
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

    /// <returns>Null when there is nothing more to do; else how long the mail system asks to wait.</returns>
    private async Task<TimeSpan?> SendAsync(Award award, CancellationToken cancellationToken)
    {
        var city = (await cities.FindAsync(award.City, cancellationToken))!;
        var learner = await learners.FindAsync(award.LearnerId, cancellationToken);
        if (learner?.Address is null)
        {
            // Stays Issued: a steward prints a slip.
            Log.NoAddress(logger, award.Id);
            return null;
        }

        var (token, expires) = await tickets.CreateLinkAsync(award.Id, cancellationToken);
        var badge = await badges.ForAwardAsync(award, city, cancellationToken);
        var link = urls.Claim(token, award.Language == city.Languages[0] ? null : award.Language);
        var text = ClaimMail.Write(
            city, badge, learner.Name, award.Language, link, urls.BadgeImage(city.Id, badge.Id, badge.Version, "png"), expires);
        using var message = Compose(city, award, learner.Address, text);
        if (await graph.SendAsync(city.Sender.Address, message, cancellationToken) is { } wait)
        {
            return wait;
        }

        await awards.ChangeAsync(award, now => now.Notify(time.GetUtcNow()), cancellationToken);
        Log.Notified(logger, award.Id);
        return null;
    }

    private MimeMessage Compose(City city, Award award, string address, MailText text)
    {
        var message = new MimeMessage
        {
            Subject = text.Subject,
            MessageId = $"{award.Id}@{new Uri(urls.PublicUrl).Host}",
            Date = time.GetUtcNow(),
            Body = new BodyBuilder { HtmlBody = text.Html, TextBody = text.Text }.ToMessageBody(),
        };
        message.From.Add(new MailboxAddress(city.Sender.Name.In(award.Language), city.Sender.Address));
        message.To.Add(new MailboxAddress("", address));
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private async Task PutOffAsync(Award award, AwardChange change, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (change.Attempt >= MaxAttempts)
        {
            throw new InvalidOperationException($"The mail system has put off the message for award {award.Id} for seven days.");
        }

        var growing = TimeSpan.FromSeconds(Math.Min(MaxDelay.TotalSeconds, 5 * Math.Pow(2, Math.Min(change.Attempt, 20))));
        await LetGoAsync(award, cancellationToken);
        await storage.MailMessages.SendMessageAsync(
            (change with { Attempt = change.Attempt + 1 }).Write(), wait > growing ? wait : growing, TimeSpan.FromDays(
                8), cancellationToken);
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
