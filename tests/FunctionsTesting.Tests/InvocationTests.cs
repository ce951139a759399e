using CitiesOfLearning.Tests.Apps.Sample;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.FunctionsTesting.Tests;

public sealed class InvocationTests(FunctionsFactory<Program> app) : IClassFixture<FunctionsFactory<Program>>
{
    [Fact]
    public async Task A_function_gets_text_as_it_is()
    {
        await app.InvokeAsync("note", "{\"not\": parsed", cancellationToken: Cancel);

        Assert.Contains("{\"not\": parsed 1", app.Notes());
    }

    [Fact]
    public async Task A_function_gets_an_object_as_JSON()
    {
        await app.InvokeAsync("order", new Order(3, "pears"), cancellationToken: Cancel);

        Assert.Contains("3 pears 1", app.Notes());
    }

    [Fact]
    public async Task A_function_gets_bytes_as_they_are()
    {
        await app.InvokeAsync("bytes", BinaryData.FromBytes([0x00, 0xFF, 0x0A]), cancellationToken: Cancel);

        Assert.Contains("00FF0A 1", app.Notes());
    }

    [Fact]
    public async Task The_parameters_type_decides_how_a_message_arrives()
    {
        await app.InvokeAsync("bytes", "text", cancellationToken: Cancel);
        await app.InvokeAsync("note", BinaryData.FromString("bytes"), cancellationToken: Cancel);
        await app.InvokeAsync("data", "of the SDK", cancellationToken: Cancel);
        await app.InvokeAsync("message", "of the SDK", new Dictionary<string, object?> { ["DequeueCount"] = 5 }, Cancel);

        Assert.Contains("74657874 1", app.Notes());
        Assert.Contains("bytes 1", app.Notes());
        Assert.Contains("of the SDK 1", app.Notes());
        Assert.Contains("of the SDK 5", app.Notes());
    }

    [Theory]
    [InlineData(4)]
    [InlineData("4")]
    public async Task A_function_gets_what_its_trigger_says_beside_the_message(object count)
    {
        var text = $"again {count.GetType().Name}";

        await app.InvokeAsync("NOTE", text, new Dictionary<string, object?> { ["DequeueCount"] = count }, Cancel);

        Assert.Contains($"{text} 4", app.Notes());
    }

    [Fact]
    public async Task What_a_function_throws_comes_out()
    {
        var failure = await Assert.ThrowsAsync<FunctionFailedException>(() => app.InvokeAsync("fails", "why", cancellationToken: Cancel));

        Assert.Equal(("fails", "Failed on purpose: why"), (failure.Function, failure.RemoteMessage));
        Assert.Equal("System.InvalidOperationException", failure.RemoteType);
        Assert.Contains("QueueFunctions.Fails", failure.RemoteStack);
        Assert.Equal("fails failed with System.InvalidOperationException: Failed on purpose: why", failure.Message);
        Assert.Contains("QueueFunctions.Fails", failure.ToString());
    }

    [Fact]
    public async Task A_failure_can_be_an_outcome()
    {
        var failed = await app.TryInvokeAsync("fails", "why", cancellationToken: Cancel);
        var succeeded = await app.TryInvokeAsync("note", "well", cancellationToken: Cancel);

        Assert.False(failed.Succeeded);
        Assert.Equal("Failed on purpose: why", failed.Failure?.RemoteMessage);
        Assert.True(succeeded.Succeeded);
        Assert.Null(succeeded.Failure);
        Assert.NotEqual(failed.InvocationId, succeeded.InvocationId);
    }

    [Fact]
    public async Task A_message_that_the_functions_parameter_cannot_hold_is_a_failure()
    {
        var outcome = await app.TryInvokeAsync("order", "no JSON", cancellationToken: Cancel);

        Assert.False(outcome.Succeeded);
    }

    [Fact]
    public async Task A_cancelled_call_reaches_the_functions_token()
    {
        using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var call = app.TryInvokeAsync("gated", "it", cancellationToken: cancelling.Token);
        await Some.UntilAsync(() => app.Notes().Contains("start it 1"));

        await cancelling.CancelAsync();

        Assert.False((await call).Succeeded);
        Assert.Contains("cancelled it 1", app.Notes());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_timer_function_is_told_whether_it_is_late(bool isPastDue)
    {
        await app.InvokeTimerAsync("tick", isPastDue, Cancel);

        Assert.Contains($"tick {isPastDue}", app.Notes());
    }

    [Fact]
    public async Task An_unknown_name_is_answered_with_those_there_are()
    {
        var mistake = await Assert.ThrowsAsync<ArgumentException>(() => app.InvokeAsync("noet", "x", cancellationToken: Cancel));

        Assert.StartsWith("The app has no function 'noet'. It has: big, bytes, chunks,", mistake.Message);
        Assert.Contains(" note, ", mistake.Message);
    }

    [Fact]
    public async Task A_function_of_HTTP_wants_a_request()
    {
        var mistake = await Assert.ThrowsAsync<ArgumentException>(() => app.InvokeAsync("hello", "x", cancellationToken: Cancel));

        Assert.StartsWith("'hello' is triggered by HTTP: call it through CreateClient().", mistake.Message);
    }

    [Fact]
    public void The_apps_functions_are_listed()
    {
        Assert.Equal(app.Functions.Select(f => f.Name).Order(StringComparer.OrdinalIgnoreCase), app.Functions.Select(f => f.Name));
        var item = Assert.Single(app.Functions, f => f.Name == "item");
        Assert.Equal(("http", "shops/{shop}/items/{id:int}/{note?}"), (item.Trigger, item.Route));
        Assert.Equal(["get"], item.Methods);
        Assert.Equivalent(
            new FunctionDescription("note", "queue", null, []), Assert.Single(app.Functions, f => f.Name == "note"), strict: true);
        Assert.Equal("timer", Assert.Single(app.Functions, f => f.Name == "tick").Trigger);
    }

    [Fact]
    public async Task What_a_function_logs_is_there_when_it_has_ended()
    {
        var noted = await app.TryInvokeAsync("note", "logged", cancellationToken: Cancel);
        var failed = await app.TryInvokeAsync("fails", "logged", cancellationToken: Cancel);

        Assert.Equal(
            new FunctionLog(typeof(QueueFunctions).FullName!, LogLevel.Information, "Noted logged", null, noted.InvocationId),
            Assert.Single(app.Logs, l => l.InvocationId == noted.InvocationId && l.Message == "Noted logged"));
        Assert.Contains(app.Logs, l => l.InvocationId == failed.InvocationId && l.Level == LogLevel.Error
            && l.Exception!.Contains("System.InvalidOperationException: Failed on purpose: logged"));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
