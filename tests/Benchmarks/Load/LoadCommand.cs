using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using CitiesOfLearning.DevHost.Senders;

namespace CitiesOfLearning.Benchmarks.Load;

/// <summary>
/// Posts completions of different learners to a running hub and waits for their emails: how fast they are accepted, how long the last
/// email takes, and that none is lost or doubled.
/// </summary>
internal static class LoadCommand
{
    public const string SampleSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var options = new CommandLine(args, "url", "deliveries", "concurrency", "secret");
            var url = options.Text("url", "http://localhost:7071");
            var deliveries = options.Number("deliveries", 500);
            var concurrency = options.Number("concurrency", 16);
            using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = concurrency })
            {
                BaseAddress = Uri.TryCreate(url, UriKind.Absolute, out var hub) ? hub : throw new CommandException($"\"{url}\" is no URL."),
            };
            return await RunAsync(client, deliveries, concurrency, options.Text("secret", SampleSecret));
        }
        catch (CommandException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static async Task<int> RunAsync(HttpClient client, int deliveries, int concurrency, string secret)
    {
        await CheckHubAsync(client);
        var run = RandomNumberGenerator.GetHexString(8, lowercase: true);
        var learners = Enumerable.Range(1, deliveries).Select(i => $"load-{run}-{i}@example.org").ToArray();
        Console.WriteLine($"Run {run}: {deliveries} deliveries to {client.BaseAddress}, {concurrency} at a time");

        var began = TimeProvider.System.GetUtcNow();
        var accepted = await PostAsync(client, learners, concurrency, secret);
        var mail = await Mailbox.WaitAsync(client, learners);
        var latencies = accepted.Latencies;

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            accepted            {latencies.Count} of {deliveries}, {latencies.Count / accepted.Took.TotalSeconds:F0} per second
            accept latency      p50 {latencies.Percentile(0.50):F1} ms, p99 {latencies.Percentile(0.99):F1} ms
            until last email    {(mail.Last - began)?.TotalSeconds:F1} s
            lost                {mail.Lost}
            doubled             {mail.Doubled}
            """));
        return latencies.Count == deliveries && mail is { Lost: 0, Doubled: 0 } ? 0 : 1;
    }

    public static async Task CheckHubAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/local/mail.json");
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                throw new CommandException($"What answers at {client.BaseAddress} has no mailbox, so it is no hub on a laptop.");
            }
        }
        catch (HttpRequestException e)
        {
            throw new CommandException(
                $"No hub answers at {client.BaseAddress} ({e.Message}). Start one: dotnet run -c Release --project functions/App");
        }
    }

    private static async Task<Accepted> PostAsync(HttpClient client, string[] learners, int concurrency, string secret)
    {
        var provider = SampleProvider.All.Single(p => p.Activity == "tide-pool-survey");
        var latencies = new double[learners.Length];
        var started = Stopwatch.GetTimestamp();
        var done = 0;
        await Parallel.ForAsync(0, learners.Length, new ParallelOptions
        {
            MaxDegreeOfParallelism =
            concurrency
        }, async (i, cancellationToken) =>
        {
            var delivery = SampleDeliveries.Create(
                provider, new SampleLearner(i, $"Learner {i}", learners[i]), secret, TimeProvider.System.GetUtcNow());
            latencies[i] = await PostAsync(client, delivery, cancellationToken);
            Progress.Show("accepted", Interlocked.Increment(ref done), learners.Length);
        });
        return new Accepted(new Latencies(latencies), Stopwatch.GetElapsedTime(started));
    }

    // In milliseconds; negative if the hub did not accept it.
    public static async Task<double> PostAsync(HttpClient client, SampleRequest delivery, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, delivery.Path) { Content = new ByteArrayContent(delivery.Body) };
        foreach (var (name, value) in delivery.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        var started = Stopwatch.GetTimestamp();
        try
        {
            using var answer = await client.SendAsync(request, cancellationToken);
            return answer.IsSuccessStatusCode ? Stopwatch.GetElapsedTime(started).TotalMilliseconds : -1;
        }
        catch (HttpRequestException)
        {
            return -1;
        }
    }

    private sealed record Accepted(Latencies Latencies, TimeSpan Took);
}
