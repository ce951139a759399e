using System.Text.Json.Nodes;

namespace CitiesOfLearning.App.Tests.Http;

/// <summary>Keys as verifiers look for them.</summary>
public sealed class KeyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_key_says_whose_it_is_and_its_kid_leads_to_just_that_key()
    {
        using var hub = await SharedHub.ClientAsync();

        var keys = await ReadAsync(hub, ".well-known/jwks.json", "keys");

        Assert.NotEmpty(keys);
        foreach (var key in keys)
        {
            var kid = (string)key!["kid"]!;
            Assert.StartsWith((string)key["iss"]! + "/keys/", kid);
            var single = JsonNode.Parse(await hub.GetStringAsync(kid, Cancel));
            Assert.True(JsonNode.DeepEquals(key, single));
            Assert.Null(single!["d"]);
        }

        Assert.Equal(keys.Select(k => (string)k!["kid"]!).Distinct().Count(), keys.Count);
        Assert.Contains(keys, k => ((string)k!["iss"]!).EndsWith("/cities/plymouth", StringComparison.Ordinal));
        Assert.Contains(keys, k => ((string)k!["iss"]!).EndsWith("/cities/brighton", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_did_document_holds_the_same_keys()
    {
        using var hub = await SharedHub.ClientAsync();

        var did = JsonNode.Parse(await hub.GetStringAsync("cities/plymouth/did.json", Cancel))!;
        var keys = await ReadAsync(hub, ".well-known/jwks.json", "keys");

        Assert.Equal($"did:web:localhost%3A{hub.BaseAddress!.Port}:cities:plymouth", (string)did["id"]!);
        var methods = did["verificationMethod"]!.AsArray();
        Assert.Equal(methods.Select(m => (string)m!["id"]!), did["assertionMethod"]!.AsArray().Select(m => (string)m!));
        Assert.Equal(
            keys.Where(k => ((string)k!["iss"]!).EndsWith("/plymouth", StringComparison.Ordinal)).Select(k => (string)k!["x"]!).Order(),
            methods.Where(m => (string)m!["type"]! == "JsonWebKey").Select(m => (string)m!["publicKeyJwk"]!["x"]!).Order());
    }

    [Fact]
    public async Task A_key_is_found_in_its_own_city_only()
    {
        using var hub = await SharedHub.ClientAsync();
        var keys = await ReadAsync(hub, ".well-known/jwks.json", "keys");
        var plymouths = (string)keys.First(k => ((string)k!["iss"]!).EndsWith("/plymouth", StringComparison.Ordinal))!["kid"]!;

        using var answer = await hub.GetAsync(plymouths.Replace("/plymouth/", "/brighton/", StringComparison.Ordinal), Cancel);

        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static async Task<JsonArray> ReadAsync(HttpClient hub, string path, string member) =>
        JsonNode.Parse(await hub.GetStringAsync(path, Cancel))![member]!.AsArray();
}
