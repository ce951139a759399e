using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Issuing;
using CitiesOfLearning.Hub.Mail;
using CitiesOfLearning.Hub.Storage;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Functions;

/// <summary>UNDERSTAND.</summary>
public sealed class OnDelivery(DeliveryHandler handler)
{
    [Function(nameof(OnDelivery))]
    public Task Run([QueueTrigger(HubStorage.DeliveriesQueue)] string message, CancellationToken cancellationToken) => handler.HandleAsync(message, cancellationToken);
}

/// <summary>ISSUE.</summary>
public sealed class OnAward(CredentialIssuer issuer)
{
    [Function(nameof(OnAward))]
    public Task Run([QueueTrigger(HubStorage.AwardsQueue)] string message, CancellationToken cancellationToken) => issuer.HandleAsync(message, cancellationToken);
}

/// <summary>NOTIFY.</summary>
public sealed class OnMail(ClaimMailer mailer)
{
    [Function(nameof(OnMail))]
    public Task Run([QueueTrigger(HubStorage.MailQueue)] string message, CancellationToken cancellationToken) => mailer.HandleAsync(message, cancellationToken);
}

/// <summary>Every five minutes: what waits too long, and what failed.</summary>
public sealed class WatchQueues(QueueWatch watch)
{
    [Function(nameof(WatchQueues))]
    public Task Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellationToken) => watch.LookAsync(cancellationToken);
}
