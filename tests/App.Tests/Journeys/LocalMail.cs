using System.Text.Json.Nodes;

namespace CitiesOfLearning.App.Tests.Journeys;

/// <summary>The mailbox of a running hub.</summary>
internal static class LocalMail
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Waits for the message to that address from the city.</summary>
    public static async Task<JsonNode> WaitForAsync(HttpClient hub, string to, string city)
    {
        var until = TimeProvider.System.GetUtcNow() + Patience;
        while (TimeProvider.System.GetUtcNow() < until)
        {
            var messages = JsonNode.Parse(await hub.GetStringAsync("local/mail.json"))!.AsArray();
            if (messages.FirstOrDefault(
                m => (string?)m!["to"] == to && ((string)m["from"]!).Contains(city, StringComparison.OrdinalIgnoreCase)) is { } message)
            {
                return message;
            }

            await Task.Delay(200);
        }

        throw new TimeoutException($"No message to {to} from {city} within {Patience.TotalSeconds} s.");
    }
}
