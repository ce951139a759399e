using CitiesOfLearning.Hub.Mail;
using CitiesOfLearning.Hub.Storage;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Queues;

/// <summary>NOTIFY.</summary>
public sealed class OnMail(ClaimMailer mailer)
{
    [Function(nameof(OnMail))]
    public Task Run([QueueTrigger(HubStorage.MailQueue)] string message, CancellationToken cancellationToken) =>
        mailer.HandleAsync(message, cancellationToken);
}
