using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Infra.Tests;

/// <summary>Somebody is told when something is wrong, or dear.</summary>
internal static partial class Watching
{
    private const string QueryRule = "Microsoft.Insights/scheduledQueryRules";

    /// <summary>Every log message of the code, its gaps filled with a number or with the name of each queue.</summary>
    private static readonly string[] Said =
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "functions"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(f => LogMessage().Matches(File.ReadAllText(f)).Select(m => m.Groups["text"].Value))
            .SelectMany(text => State.Queues.Select(queue => Gap().Replace(text.Replace("{Queue}", queue, StringComparison.Ordinal), "1"))),
    ];

    public static IEnumerable<Rule> Rules =>
    [
        new(
            "Every queue whose messages may fail has an alert",
            d => State.Queues
                .Where(q => !q.EndsWith("-poison", StringComparison.Ordinal))
                .Where(q => !Queries(d).Any(t => t.Contains($"\"Of queue {q}, \"", StringComparison.Ordinal))),
            [.. Enumerable.Range(0, 3).Select<int, Action<Deployment>>(i => d => d.Remove(d.All(QueryRule)[i]))]),
        new(
            "An alert listens for words that the code says",
            d => Queries(d)
                .SelectMany(q => Listened().Matches(q).Select(m => m.Groups["text"].Value))
                .Where(text => !Said.Any(s => s.StartsWith(text, StringComparison.Ordinal))),
            d => Query(d, "poison-mail", "AppTraces | where Message startswith \"The queue mail-poison holds \"")),
        new(
            "Failed signatures, waiting mail and the cap on logs have alerts",
            d => ((string[])["signing-failed", "mail-backlog", "daily-cap"]).Where(n => !d
                .Names(QueryRule)
                .Any(r => r.EndsWith(n, StringComparison.Ordinal))),
            [.. ((string[])["signing-failed", "mail-backlog", "daily-cap"]).Select<string, Action<Deployment>>(
                n => d => d.Remove(Alert(d, n)))]),
        Rule.Each(
            "Every alert tells somebody, from the first time on",
            QueryRule,
            r => r.At("properties.actions.actionGroups") is JsonArray { Count: > 0 } && r.Is("properties.enabled", "true")
                && r.At("properties.criteria.allOf")!.AsArray() is [var only]
                && only.Is("operator", "GreaterThan")
                && only.Is("threshold", "0"),
            r => r.Set("properties.actions.actionGroups", new JsonArray()),
            r => r.Set("properties.enabled", false),
            r => r.At("properties.criteria.allOf")![0]!["threshold"] = 100),
        Rule.Each(
            "Those who are told have an address",
            "Microsoft.Insights/actionGroups",
            r => r.At("properties.emailReceivers") is JsonArray { Count: > 0 },
            r => r.Set("properties.emailReceivers", new JsonArray())),
        Rule.Each(
            "Readiness is asked for from outside",
            "Microsoft.Insights/webtests",
            r => ((string)r.At("properties.Request.RequestUrl")!).EndsWith("/health/ready", StringComparison.Ordinal)
                && r.At("properties.Locations") is JsonArray { Count: > 0 },
            r => r.Set("properties.Request.RequestUrl", "https://badges.example.org/health/live"),
            r => r.Set("properties.Locations", new JsonArray())),
        Rule.Each(
            "A hub that is not ready is told of",
            "Microsoft.Insights/metricAlerts",
            r => r.At("properties.actions") is JsonArray { Count: > 0 }
                && ((string)r.At("properties.criteria.webTestId")!).Contains("/webtests/", StringComparison.Ordinal),
            r => r.Set("properties.actions", new JsonArray())),
        Rule.Each(
            "Logs have a daily cap",
            "Microsoft.OperationalInsights/workspaces",
            r => r.At("properties.workspaceCapping.dailyQuotaGb") is { } cap && !cap.ToString().Contains("-1", StringComparison.Ordinal),
            r => r.Set("properties.workspaceCapping", null),
            r => r.Set("properties.workspaceCapping.dailyQuotaGb", "[json('-1')]")),
        Rule.Each(
            "The budget tells somebody before and after it is spent",
            "Microsoft.Consumption/budgets",
            r => r.At("properties.notifications")!.AsObject().Count(n => n.Value.At("contactEmails") is JsonArray { Count: > 0 }) >= 2,
            r => r.Set("properties.notifications", new JsonObject())),
        Rule.Each(
            "The budget starts with a month that is written down, since Azure refuses another start later",
            "Microsoft.Consumption/budgets",
            r => FirstOfMonth().IsMatch(r.At("properties.timePeriod.startDate")!.ToString()),
            r => r.Set("properties.timePeriod.startDate", "[utcNow('yyyy-MM-01')]"),
            r => r.Set("properties.timePeriod.startDate", "2026-11-25")),
        new(
            "Nothing that is deployed depends on the day",
            d => d.Resources
                .Where(r => r.ToJsonString().Contains("utcNow", StringComparison.OrdinalIgnoreCase))
                .Select(r => $"{r["name"]}"),
            d => d.Resources[0]["tags"] = new JsonObject { ["deployed"] = "[utcNow()]" }),
    ];

    private static IEnumerable<string> Queries(Deployment deployment) =>
        deployment.All(QueryRule).Select(r => (string)r.At("properties.criteria.allOf")![0]!["query"]!);

    private static JsonObject Alert(Deployment deployment, string name) =>
        deployment.All(QueryRule).Single(r => ((string)r["name"]!).EndsWith(name, StringComparison.Ordinal));

    private static void Query(Deployment deployment, string name, string query) =>
        Alert(deployment, name).At("properties.criteria.allOf")![0]!["query"] = query;

    [GeneratedRegex("""LoggerMessage\([^)]*?"(?<text>[^"]+)"\)""")]
    private static partial Regex LogMessage();

    [GeneratedRegex(@"^\d{4}-\d{2}-01$")]
    private static partial Regex FirstOfMonth();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Gap();

    [GeneratedRegex("""startswith "(?<text>[^"]+)""")]
    private static partial Regex Listened();
}
