using CitiesOfLearning.Tests.Apps.OldStyle;
using CitiesOfLearning.Tests.Apps.Sample;
using CitiesOfLearning.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CitiesOfLearning.FunctionsTesting.Tests;

/// <summary>The other app: its host.json is not the one in the tests' own folder.</summary>
public sealed class OldStyleApp : FunctionsFactory<WordFunctions>
{
    protected override string AppFolder { get; } = OutputOf("OldStyle");

    protected override string EnvironmentName => "Staging";

    private static string OutputOf(string app)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(Repository.Root, "tests", "Apps", app, "bin", own.Parent!.Name, own.Name);
    }
}

internal static class Some
{
    public static WebApplicationFactory<Program> With(this FunctionsFactory<Program> app, string setting, string value) =>
        app.WithWebHostBuilder(web => web.UseSetting(setting, value));

    /// <summary>What functions noted, without the process's id.</summary>
    public static IReadOnlyList<string> Notes(this WebApplicationFactory<Program> app) =>
        [.. app.Services.GetRequiredService<Notes>().Lines.Select(line => line[..line.LastIndexOf(' ')])];

    public static async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
