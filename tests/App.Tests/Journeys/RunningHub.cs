namespace CitiesOfLearning.App.Tests.Journeys;

/// <summary>One hub without chaos, as people start it, for browsers and scripts that only ask it things.</summary>
internal static class RunningHub
{
    private static readonly Lazy<Task<HubProcess>> Started = new(StartAsync);

    public static async Task<Uri> AddressAsync() => (await Started.Value).Client.BaseAddress!;

    /// <summary>A client that follows no redirect and keeps no cookie.</summary>
    public static async Task<HttpClient> ClientAsync() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = await AddressAsync() };

    private static async Task<HubProcess> StartAsync()
    {
        var hub = await HubProcess.StartAsync(("Local__Chaos", "false"));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => hub.DisposeAsync().AsTask().GetAwaiter().GetResult();

        // The addresses to open are said last: both cities and their keys are there.
        await Wait.UntilAsync(
            () => hub.Log.Any(line => line.EndsWith("/cities/plymouth", StringComparison.Ordinal)),
            TimeSpan.FromMinutes(2),
            () => "The hub did not say where it is.");
        return hub;
    }
}
