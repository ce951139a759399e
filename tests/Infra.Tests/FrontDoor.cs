using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CitiesOfLearning.Infra.Tests;

/// <summary>The door of a nation: one for both names, with limits that stop machines and neither schools nor senders.</summary>
internal static class FrontDoor
{
    private const string Firewall = "Microsoft.Network/FrontDoorWebApplicationFirewallPolicies";
    private const string Route = "Microsoft.Cdn/profiles/afdEndpoints/routes";
    private const string Policy = "Microsoft.Cdn/profiles/securityPolicies";
    private const string Domain = "Microsoft.Cdn/profiles/customDomains";
    private const string Host = "https://badges.example.org:443";

    public static IEnumerable<Rule> Rules =>
    [
        Rule.Each(
            "No limit counts webhooks",
            Firewall,
            r => !Limits(r, "POST", $"{Host}/hooks/plymouth/moodle").Any() && !Limits(r, "POST", "/hooks/plymouth/moodle").Any(),
            r => Limit(r, 1)["matchConditions"] = new JsonArray(
                new JsonObject { ["matchVariable"] = "RequestUri", ["operator"] = "Any", ["matchValue"] = new JsonArray() }),
            r => Condition(r, 1)["matchValue"] = new JsonArray("^/hooks/")),
        Rule.Each(
            "Everything else is limited, whatever it says of webhooks",
            Firewall,
            r => Limits(r, "GET", $"{Host}/cities/plymouth").Any() && Limits(r, "GET", $"{Host}/verify?next=/hooks/").Any(),
            r => Condition(r, 1)["matchValue"] = new JsonArray("/hooks/"),
            r => Condition(r, 1)["negateCondition"] = false),
        Rule.Each(
            "Claiming and verifying are limited for a machine, not for a school behind one address",
            Firewall,
            r => ((string[])["/claim", "/claim/x", "/verify"]).All(path => Limits(r, "POST", Host + path).Min() is >= 200 and <= 600),
            r => Limit(r, 0)["rateLimitThreshold"] = 30,
            r => Limit(r, 0)["rateLimitThreshold"] = 10000,
            r => Limit(r, 0)["action"] = "Log"),
        Rule.Each(
            "A domain of one's own is the hub's, with a certificate that Azure renews",
            Domain,
            r => r.Is("properties.hostName", "badges.example.org") && r.Is("properties.tlsSettings.certificateType", "ManagedCertificate")
                && r.Is("properties.tlsSettings.minimumTlsVersion", "TLS12"),
            r => r.Set("properties.hostName", "www.example.org"),
            r => r.Set("properties.tlsSettings.certificateType", "CustomerCertificate"),
            r => r.Set("properties.tlsSettings.minimumTlsVersion", "TLS10")),
        new(
            "A domain of one's own leads to the hub, behind the same limits as the endpoint",
            d => d.All(Domain).Select(domain => (string)domain["id"]!).SelectMany(id => (string[])
            [
                .. d.All(Route).Where(r => !Ids(r.At("properties.customDomains")).Contains(id)).Select(r => $"{r["name"]} is not for {id}"),
                .. Guarded(d).Contains(id) && Guarded(d).Any(g => g.Contains("/afdEndpoints/", StringComparison.OrdinalIgnoreCase))
                    ? []
                    : (string[])[$"no limits for {id}"],
            ]),
            d => d.All(Route)[0].Set("properties.customDomains", new JsonArray()),
            d => d.All(Route)[^1].Set("properties.customDomains", new JsonArray()),
            d => Association(d)["domains"]!.AsArray().RemoveAt(0),
            d => Association(d)["domains"]!.AsArray().RemoveAt(1)),
    ];

    /// <summary>Requests a minute after which such a request is refused.</summary>
    private static IEnumerable<int> Limits(JsonObject firewall, string method, string uri) =>
        firewall.At("properties.customRules.rules")!.AsArray()
            .Where(rule => rule.Is("action", "Block") && rule.Is("ruleType", "RateLimitRule") && rule.Is("rateLimitDurationInMinutes", "1")
                && rule!["matchConditions"]!.AsArray().All(c => Matches(c!, c.Is("matchVariable", "RequestMethod") ? method : uri)))
            .Select(rule => (int)rule!["rateLimitThreshold"]!);

    // https://learn.microsoft.com/azure/web-application-firewall/afds/waf-front-door-custom-rules
    private static bool Matches(JsonNode condition, string value) =>
        (condition["matchValue"]!.AsArray().Select(v => (string)v!).Any(v => (string)condition["operator"]! switch
        {
            "Equal" => value == v,
            "Contains" => value.Contains(v, StringComparison.Ordinal),
            "RegEx" => Regex.IsMatch(value, v),
            _ => false,
        }) || condition.Is("operator", "Any")) != condition.Is("negateCondition", "true");

    private static JsonNode Limit(JsonObject firewall, int index) => firewall.At("properties.customRules.rules")![index]!;

    private static JsonNode Condition(JsonObject firewall, int limit) => Limit(firewall, limit)["matchConditions"]![0]!;

    private static JsonNode Association(Deployment deployment) => deployment.The(Policy).At("properties.parameters.associations")![0]!;

    private static IEnumerable<string> Guarded(Deployment deployment) => Ids(Association(deployment)["domains"]);

    private static IEnumerable<string> Ids(JsonNode? references) => (references as JsonArray ?? []).Select(r => (string)r!["id"]!);
}
