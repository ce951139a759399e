namespace CitiesOfLearning.FunctionsTesting.Tests;

/// <summary>Run by four classes at once: xunit runs classes side by side.</summary>
public abstract class ParallelTests(FunctionsFactory<Program> app)
{
    private const int Apps = 8;
    private const int Calls = 50;

    [Fact]
    public async Task Each_app_of_many_answers_for_itself()
    {
        var allAtOnce = new ParallelOptions { MaxDegreeOfParallelism = Apps, CancellationToken = Cancel };
        await Parallel.ForAsync(0, Apps, allAtOnce, async (number, token) =>
        {
            await using var one = app.With("Who", $"{number}");
            var client = one.CreateClient();
            var answers = await Task.WhenAll(Enumerable.Range(0, Calls).Select(_ => client.GetStringAsync("/hello", token)));
            await Task.WhenAll(Enumerable.Range(0, Calls).Select(i => one.InvokeAsync("note", $"{number}-{i}", cancellationToken: token)));

            Assert.All(answers, answer => Assert.Equal($"hello {number}", answer));
            Assert.Equal(Enumerable.Range(0, Calls).Select(i => $"{number}-{i} 1").Order(), one.Notes().Order());
        });
    }

    [Fact]
    public async Task Two_different_apps_run_side_by_side()
    {
        await using var other = new OldStyleApp();

        Assert.Equal("real 1 - Staging", await other.CreateClient().GetStringAsync("/v2/word/1", Cancel));
        Assert.Equal("hello world", await app.CreateClient().GetStringAsync("/hello", Cancel));
        Assert.Equal("real 2 - Staging", await other.CreateClient().GetStringAsync("/v2/word/2", Cancel));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}

public sealed class FirstParallelTests(FunctionsFactory<Program> app) : ParallelTests(app), IClassFixture<FunctionsFactory<Program>>;

public sealed class SecondParallelTests(FunctionsFactory<Program> app) : ParallelTests(app), IClassFixture<FunctionsFactory<Program>>;

public sealed class ThirdParallelTests(FunctionsFactory<Program> app) : ParallelTests(app), IClassFixture<FunctionsFactory<Program>>;

public sealed class FourthParallelTests(FunctionsFactory<Program> app) : ParallelTests(app), IClassFixture<FunctionsFactory<Program>>;
