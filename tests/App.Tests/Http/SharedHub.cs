namespace CitiesOfLearning.App.Tests.Http;

/// <summary>One app with the sample cities, in this process, for all tests that only ask it things.</summary>
internal static class SharedHub
{
    private static readonly Lazy<Task<HubApp>> Started = new(HubApp.StartAsync);

    public static Task<HubApp> AppAsync() => Started.Value;

    /// <summary>A client that follows no redirect and keeps no cookie.</summary>
    public static async Task<HttpClient> ClientAsync() => (await Started.Value).NewClient();
}
