using System.Globalization;
using System.Text;
using System.Text.Json;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Deliveries;
using CitiesOfLearning.Hub.Identifiers;

namespace CitiesOfLearning.Hub.Webhooks;

/// <summary>Derives what a delivery is called, so that it is called the same however often it comes.</summary>
internal static class DeliveryKey
{
    public static RawDelivery Name(VerifiedWebhook webhook, JsonElement body)
    {
        var key = webhook.Profile.DeliveryKey.FindText(EventDocument.Of(webhook.Headers, body));

        // The two cannot meet: a sender's id could look like a hash of something else.
        var unique = string.IsNullOrEmpty(key) ? "content:" + HubIds.ContentHash(webhook.Body.Span) : "id:" + key;
        var delivery = HubIds.ContentHash(Encoding.UTF8.GetBytes($"{webhook.City}/{webhook.Source}/{unique}"));
        var day = webhook.ReceivedAt.UtcDateTime.ToString("yyyy'/'MM'/'dd", CultureInfo.InvariantCulture);
        return new RawDelivery(
            webhook.City,
            webhook.Source,
            delivery,
            $"{webhook.City}/{webhook.Source}/{day}/{delivery}",
            webhook.Profile.Id,
            webhook.ReceivedAt,
            webhook.ContentType,
            webhook.Headers,
            webhook.Body);
    }
}
