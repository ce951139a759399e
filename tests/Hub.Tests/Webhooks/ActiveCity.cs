using System.Collections.Concurrent;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Tests.Cities;

namespace CitiesOfLearning.Hub.Tests.Webhooks;

/// <summary>The sample's Plymouth, as it is and slightly changed: each activated once, in storage of its own, for all tests.</summary>
internal static class ActiveCity
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<CityDirectory>>> Activated = new(StringComparer.Ordinal);

    public static CityFiles Plymouth { get; } = Sample.Files("plymouth");

    public static CityFiles WithoutSource(string source) =>
        new(Plymouth.ByPath.Where(f => f.Key != $"sources/{source}.json"));

    public static Task<CityDirectory> DirectoryAsync(CityFiles files) =>
        Activated.GetOrAdd(files.Version(), _ => new(() => ActivateAsync(files))).Value;

    private static async Task<CityDirectory> ActivateAsync(CityFiles files)
    {
        var hub = await TestHub.StartAsync();
        Assert.Empty((await hub.Store.ActivateAsync("plymouth", files, CancellationToken.None)).Errors);
        return hub.Directory;
    }
}
