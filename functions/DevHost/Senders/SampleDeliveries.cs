using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CitiesOfLearning.OpenBadges.Json;

namespace CitiesOfLearning.DevHost.Senders;

/// <summary>Writes what the real senders send when a course is finished, each time as a new completion.</summary>
public static class SampleDeliveries
{
    public static SampleRequest Create(
        SampleProvider provider, SampleLearner learner, string secret, DateTimeOffset now) => provider.Profile switch
        {
            SampleProfile.Moodle => Moodle(provider, learner, secret, now),
            SampleProfile.GitHub => GitHub(provider, learner, secret, now),
            SampleProfile.StandardWebhooks => StandardWebhooks(provider, learner, secret, now),
            _ => throw new ArgumentOutOfRangeException(nameof(provider)),
        };

    // Moodle's local_webhooks: no address, no signature, and the token inside the body.
    private static SampleRequest Moodle(SampleProvider provider, SampleLearner learner, string token, DateTimeOffset now) => Request(
        provider,
        new JsonObject
        {
            ["eventname"] = @"\core\event\course_completed",
            ["objectid"] = RandomNumberGenerator.GetInt32(1000, int.MaxValue),
            ["userid"] = 2,
            ["relateduserid"] = learner.Account,
            ["courseid"] = int.Parse(provider.Activity, CultureInfo.InvariantCulture),
            ["other"] = new JsonObject { ["relateduserid"] = learner.Account },
            ["timecreated"] = now.ToUnixTimeSeconds(),
            ["host"] = "moodle.example.org",
            ["token"] = token,
            ["extra"] = "",
        },
        _ => []);

    // https://docs.github.com/webhooks/webhook-events-and-payloads#workflow_run
    private static SampleRequest GitHub(SampleProvider provider, SampleLearner learner, string secret, DateTimeOffset now)
    {
        var time = DateTimeStamp.Write(now);
        var run = RandomNumberGenerator.GetInt32(1_000_000, int.MaxValue);
        JsonObject Learner() => new() { ["login"] = learner.Name, ["id"] = learner.Account, ["type"] = "User" };
        var body = new JsonObject
        {
            ["action"] = "completed",
            ["workflow_run"] = new JsonObject
            {
                ["id"] = run,
                ["name"] = provider.Activity,
                ["event"] = "push",
                ["status"] = "completed",
                ["conclusion"] = "success",
                ["workflow_id"] = 501,
                ["run_number"] = 1,
                ["run_attempt"] = 1,
                ["head_branch"] = "main",
                ["head_sha"] = RandomNumberGenerator.GetHexString(40, lowercase: true),
                ["html_url"] = $"https://github.com/code-club/graduate/actions/runs/{run}",
                ["created_at"] = time,
                ["run_started_at"] = time,
                ["updated_at"] = time,
                ["actor"] = Learner(),
                ["triggering_actor"] = Learner(),
            },
            ["workflow"] = new JsonObject
            {
                ["id"] = 501,
                ["name"] = provider.Activity,
                ["path"] = $".github/workflows/{provider.Activity.ToLowerInvariant()}.yml",
                ["state"] = "active"
            },
            ["repository"] = new JsonObject
            {
                ["id"] = 9001,
                ["name"] = "graduate",
                ["full_name"] = "code-club/graduate",
                ["private"] = false
            },
            ["sender"] = Learner(),
        };
        return Request(provider, body, bytes =>
        [
            new("X-GitHub-Event", "workflow_run"),
            new("X-GitHub-Delivery", new Guid(RandomNumberGenerator.GetBytes(16)).ToString()),
            new("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), bytes))),
        ]);
    }

    // https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
    private static SampleRequest StandardWebhooks(SampleProvider provider, SampleLearner learner, string secret, DateTimeOffset now)
    {
        var id = "msg_" + RandomNumberGenerator.GetHexString(24, lowercase: true);
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var key = Convert.FromBase64String(secret.StartsWith("whsec_", StringComparison.Ordinal) ? secret["whsec_".Length..] : secret);
        var body = new JsonObject
        {
            ["id"] = id,
            ["type"] = "completed",
            ["occurredAt"] = DateTimeStamp.Write(now),
            ["activity"] = new JsonObject { ["id"] = provider.Activity, ["name"] = provider.Course },
            ["learner"] = new JsonObject { ["email"] = learner.Email, ["name"] = learner.Name },
            ["score"] = 0.87,
            ["evidence"] = new JsonArray(
                new JsonObject { ["url"] = $"https://records.example.org/{id}", ["description"] = "The learner's records" }),
        };
        return Request(provider, body, bytes =>
        {
            byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. bytes];
            return
            [
                new("webhook-id", id),
                new("webhook-timestamp", timestamp),
                new("webhook-signature", "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed))),
            ];
        });
    }

    private static SampleRequest Request(
        SampleProvider provider, JsonObject body, Func<byte[], IEnumerable<KeyValuePair<string, string>>> sign)
    {
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        return new SampleRequest(
            $"/hooks/{provider.City}/{provider.Source}", [new("Content-Type", "application/json"), .. sign(bytes)], bytes);
    }
}
