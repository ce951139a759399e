using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using CitiesOfLearning.Benchmarks.Load;
using CitiesOfLearning.DevHost.Senders;

namespace CitiesOfLearning.Benchmarks.Worst;

/// <summary>
/// What a crowd that hands in the most expensive files does to webhooks: how long a signed webhook takes, alone and beside it, on a hub
/// that is running. The crowd does not do as it is told: it comes back a second after it was sent away.
/// </summary>
internal static class CrowdCommand
{
    private const double MaxRatio = 1.5;
    private const int Size = 10_000;

    private static readonly TimeSpan BetweenWebhooks = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var options = new CommandLine(args, "url", "requests", "webhooks", "secret");
            using var handler = new SocketsHttpHandler();
            using var client = new HttpClient(handler) { BaseAddress = new Uri(options.Text("url", "http://localhost:7071")) };
            await LoadCommand.CheckHubAsync(client);
            var (crowd, webhooks) = (options.Number("requests", 64), options.Number("webhooks", 600));
            return await RunAsync(client, crowd, webhooks, options.Text("secret", LoadCommand.SampleSecret));
        }
        catch (CommandException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static async Task<int> RunAsync(HttpClient client, int crowd, int webhooks, string secret)
    {
        using var requests = new WorstRequests();
        byte[][] files = [.. requests.All.Values.Select(make => make(Size))];
        await WebhooksAsync(client, webhooks, secret); // compiled
        await VerifyAsync(client, files[0]);
        var alone = await WebhooksAsync(client, webhooks, secret);

        using var done = new CancellationTokenSource();
        var answers = new ConcurrentDictionary<int, int>();
        var people = Enumerable.Range(0, crowd).Select(i => Task.Run(() => InsistAsync(client, files, i, answers, done.Token))).ToArray();
        var beside = await WebhooksAsync(client, webhooks, secret);
        await done.CancelAsync();
        await Task.WhenAll(people);

        var said = answers.OrderBy(a => a.Key).Select(a => $"{a.Value} × {(a.Key == 0 ? "no answer" : $"{a.Key}")}");
        var ratio = beside.Percentile(0.99) / alone.Percentile(0.99);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            webhooks alone      {alone.Count} of {webhooks}, p50 {alone.Percentile(0.5):F1} ms, p99 {alone.Percentile(0.99):F1} ms
            beside {crowd,4} at once {beside.Count} of {webhooks}, p50 {beside.Percentile(0.5):F1} ms, p99 {beside.Percentile(0.99):F1} ms
            p99                 {ratio:F2} × (at most {MaxRatio})
            the crowd           {string.Join(", ", said)}
            """));
        return ratio <= MaxRatio && beside.Count == webhooks ? 0 : 1;
    }

    // At a pace of their own, whether the one before was answered or not.
    private static async Task<Latencies> WebhooksAsync(HttpClient client, int count, string secret)
    {
        var provider = SampleProvider.All.Single(p => p.Activity == "tide-pool-survey");
        using var clock = new PeriodicTimer(BetweenWebhooks);
        var sent = new List<Task<double>>();
        for (var i = 0; i < count; i++)
        {
            var learner = new SampleLearner(i, "Learner", $"crowd-{RandomNumberGenerator.GetHexString(12, lowercase: true)}@example.org");
            var delivery = SampleDeliveries.Create(provider, learner, secret, TimeProvider.System.GetUtcNow());
            sent.Add(LoadCommand.PostAsync(client, delivery, CancellationToken.None));
            await clock.WaitForNextTickAsync();
        }

        return new Latencies(await Task.WhenAll(sent));
    }

    private static async Task InsistAsync(
        HttpClient client, byte[][] files, int first, ConcurrentDictionary<int, int> answers, CancellationToken cancellationToken)
    {
        for (var i = first; !cancellationToken.IsCancellationRequested; i++)
        {
            var status = await VerifyAsync(client, files[i % files.Length]);
            answers.AddOrUpdate(status, 1, (_, n) => n + 1);
            await Task.Delay(status == 200 ? TimeSpan.Zero : Rest, CancellationToken.None);
        }
    }

    private static async Task<int> VerifyAsync(HttpClient client, byte[] file)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "verify") { Content = new ByteArrayContent(file) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        try
        {
            using var answer = await client.SendAsync(request);
            return (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }
}
