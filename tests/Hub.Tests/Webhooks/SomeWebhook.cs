using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CitiesOfLearning.Hub.Webhooks;
using Microsoft.Extensions.Configuration;

namespace CitiesOfLearning.Hub.Tests.Webhooks;

/// <summary>Deliveries as the three kinds of sender would post them, with the published test secrets.</summary>
internal static class SomeWebhook
{
    public const string GitHubSecret = "It's a Secret to Everybody";
    public const string StandardSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    public const string MoodleToken = "local-moodle-token";

    public static SourceSecrets Secrets(params (string Key, string Value)[] settings) => new(new ConfigurationBuilder()
        .AddInMemoryCollection((settings.Length > 0 ? settings : Live).Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)))
        .Build());

    public static UnverifiedWebhook Unsigned(
        byte[] body, string contentType = "application/json", params (string Name, string Value)[] headers) =>
        new(body, headers.Select(h => KeyValuePair.Create(h.Name, h.Value)), contentType, SomeCity.Now);

    public static UnverifiedWebhook GitHub(
        byte[] body,
        string? secret = null,
        string contentType = "application/json",
        params (string Name, string Value)[] headers) =>
        Unsigned(body, contentType, [("X-Hub-Signature-256", "sha256=" + GitHubSignature(body, secret ?? GitHubSecret)), .. headers]);

    public static UnverifiedWebhook Standard(
        byte[] body,
        string id = "msg_1",
        DateTimeOffset? at = null,
        string? secret = null,
        string contentType = "application/json",
        params (string Name, string Value)[] headers)
    {
        var timestamp = (at ?? SomeCity.Now).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return Unsigned(
            body,
            contentType,
            [
                ("webhook-id", id),
                ("webhook-timestamp", timestamp),
                ("webhook-signature", "v1," + StandardSignature(body, id, timestamp, secret)),
                .. headers,
            ]);
    }

    public static Dictionary<string, string> GitHubHeaders(byte[] body, string delivery) => new()
    {
        ["X-GitHub-Event"] = "workflow_run",
        ["X-GitHub-Delivery"] = delivery,
        ["X-Hub-Signature-256"] = "sha256=" + GitHubSignature(body, GitHubSecret),
    };

    public static string GitHubSignature(byte[] body, string secret) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    public static string StandardSignature(byte[] body, string id, string timestamp, string? secret = null)
    {
        var key = Convert.FromBase64String((secret ?? StandardSecret)["whsec_".Length..]);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        return Convert.ToBase64String(HMACSHA256.HashData(key, signed));
    }

    private static readonly (string Key, string Value)[] Live =
    [
        ("Sources:plymouth:moodle:Secret", MoodleToken),
        ("Sources:plymouth:code-club:Secret", GitHubSecret),
        ("Sources:plymouth:hub:Secret", StandardSecret),
    ];
}
