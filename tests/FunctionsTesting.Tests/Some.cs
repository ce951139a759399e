using CitiesOfLearning.Tests.Apps.OldStyle;
using CitiesOfLearning.Tests.Apps.Sample;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CitiesOfLearning.FunctionsTesting.Tests;

public sealed class OldStyleApp : FunctionsFactory<WordFunctions>
{
    protected override string AppFolder => AppContext.BaseDirectory.Replace(
        Path.Combine("tests", "FunctionsTesting.Tests"), Path.Combine("tests", "Apps", "OldStyle"), StringComparison.Ordinal);

    protected override string EnvironmentName => "Staging";
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
