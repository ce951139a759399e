using System.Text;
using CitiesOfLearning.Hub.Webhooks;

namespace CitiesOfLearning.Hub.Tests.Webhooks;

/// <summary>
/// Bodies in Payloads/hostile, each rightly signed: the sender is known, what it sends is not fit. Each gets one clear error, in
/// <c>{name}.error.txt</c>, and changes nothing.
/// </summary>
public sealed class HostilePayloadTests
{
    // One account for all: nothing may ever be in it.
    private static readonly Lazy<Task<WebhookHub>> Empty = new(WebhookHub.StartAsync);

    public static TheoryData<string> Files => [.. Payloads.Files("hostile", "*.body")];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task One_clear_error_and_nothing_changed(string file)
    {
        var hub = await Empty.Value;
        var body = File.ReadAllBytes(Payloads.Path(file));

        var signed = await hub.ReceiveAsync("hub", SomeWebhook.Standard(body));
        var unsigned = await hub.ReceiveAsync("moodle", SomeWebhook.Unsigned(body));

        Assert.Equal(File
            .ReadAllText(Payloads.Path(System.IO.Path.ChangeExtension(file, ".error.txt")))
            .Trim(), Assert.IsType<Receipt.Malformed>(signed).Problem.Detail);
        Assert.IsType<Receipt.Refused>(unsigned);
        await hub.AssertNothingChangedAsync();
    }

    [Fact]
    public async Task A_thousand_levels_are_one_clear_error()
    {
        var hub = await Empty.Value;
        var body = Encoding.UTF8.GetBytes(new string('[', 1000) + new string(']', 1000));

        var receipt = await hub.ReceiveAsync("hub", SomeWebhook.Standard(body));

        Assert.Contains("is nested deeper than 64", Assert.IsType<Receipt.Malformed>(receipt).Problem.Detail);
        await hub.AssertNothingChangedAsync();
    }
}
