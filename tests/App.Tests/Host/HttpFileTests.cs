using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CitiesOfLearning.App.Site;
using CitiesOfLearning.FunctionsHost.Http;
using CitiesOfLearning.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace CitiesOfLearning.App.Tests.Host;

/// <summary>hub.http has a request for every route of the app, and none for a route that is gone.</summary>
public sealed partial class HttpFileTests
{
    private static readonly string Text = Read("hub.http");

    private static readonly HttpRoute[] Routes =
        RouteOverlaps.Routes(Assembly.Load("CitiesOfLearning.App").GetExportedTypes(), routePrefix: "");

    // What the file does not know until it is pasted in stands in the address as a variable.
    private static readonly (string Path, string? Function)[] Requests =
    [
        .. Request().Matches(Text).Select(m => (Method: m.Groups["method"].Value, Path: Variable().Replace(m.Groups["path"].Value, "x")))
            .Select(r => (r.Path, Answering(r.Method, r.Path))),
    ];

    [Fact]
    public void Every_function_answers_a_request()
    {
        Assert.Empty(Routes.Select(r => r.Function.Name).Except(Requests.Select(r => r.Function)));
    }

    [Fact]
    public void Every_request_is_for_something_that_is_there()
    {
        var lost = Requests
            .Where(r => r.Function is null or nameof(NothingHere) or nameof(NothingToPost) or nameof(NothingToChange))
            .Select(r => r.Path);

        // The laptop's own pages are no part of the app.
        Assert.All(lost.Where(p => !p.StartsWith("/local", StringComparison.Ordinal)), path => Assert.Equal("/nothing/here", path));
    }

    [Fact]
    public void Every_variable_is_declared_and_used()
    {
        var declared = Declaration().Matches(Text).Select(m => m.Groups["name"].Value);
        var used = Variable().Matches(Text).Select(m => m.Groups["name"].Value).Where(n => n is not ['$', ..]).Distinct();

        Assert.Equal(declared.Order(), used.Order());
    }

    [Fact]
    public void The_delivery_that_is_signed_beforehand_is_signed_with_the_samples_secret()
    {
        using var settings = JsonDocument.Parse(Read("localsettings-sample", "local.settings.json"));
        var secret = settings.RootElement.GetProperty("Values").GetProperty("Sources__plymouth__code-club__Secret").GetString()!;
        var signed = Assert.Single(Signed().Matches(Text));
        var body = Encoding.UTF8.GetBytes(signed.Groups["body"].Value);

        Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body)), signed.Groups["signature"].Value);
    }

    private static string? Answering(string method, string path)
    {
        var http = new DefaultHttpContext();
        (http.Request.Method, http.Request.Path) = (method, path);
        return HttpRoute.Find(Routes, http.Request)?.Function.Name;
    }

    private static string Read(params string[] path) => File.ReadAllText(Path.Combine([Repository.Root, .. path])).ReplaceLineEndings("\n");

    [GeneratedRegex(@"^(?<method>[A-Z]+) \{\{hub\}\}(?<path>/[^\s?]*)", RegexOptions.Multiline)]
    private static partial Regex Request();

    [GeneratedRegex(@"\{\{(?<name>[$\w]+)[^}]*\}\}")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^@(?<name>\w+) = \S", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"X-Hub-Signature-256: sha256=(?<signature>[0-9a-f]{64})\n\n(?<body>\{.*\})\n")]
    private static partial Regex Signed();
}
