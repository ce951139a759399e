namespace CitiesOfLearning.App.Tests.Functions;

public sealed class HealthReadyTests
{
    [Fact]
    public async Task It_is_ready_when_everything_is_there_and_says_what_is_not()
    {
        await using var app = await HubApp.StartEmptyAsync(_ => { });
        using var client = app.NewClient();

        var empty = await AskAsync(client);
        await app.FillAsync();
        await Task.Delay(TimeSpan.FromSeconds(1.1), TestContext.Current.CancellationToken); // an answer holds for a second
        var full = await AskAsync(client);

        Assert.StartsWith("503 failing: table ", empty);
        Assert.Contains("queue mail", empty);
        Assert.Equal("200 ready", full);
    }

    private static async Task<string> AskAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("health/ready", TestContext.Current.CancellationToken);
        return $"{(int)answer.StatusCode} {(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).TrimEnd()}";
    }
}
