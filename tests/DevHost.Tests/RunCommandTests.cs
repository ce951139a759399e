using System.Diagnostics;
using System.Text.Json.Nodes;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.DevHost.Tests;

/// <summary>Directory.Build.targets stands in for targets of the worker's SDK by their names: a newer SDK may have others.</summary>
public sealed class RunCommandTests
{
    [Fact]
    public async Task Dotnet_run_in_the_app_starts_this_host_and_not_func()
    {
        string[] arguments =
        [
            "msbuild", Path.Combine(Repository.Root, "functions", "App"), "-restore", "-nodeReuse:false",
            "-t:ComputeRunArguments", "-getProperty:RunCommand", "-getProperty:RunArguments",
        ];
        using var msbuild = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var output = await msbuild.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await msbuild.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(msbuild.ExitCode == 0, output);
        var properties = JsonNode.Parse(output)!["Properties"]!;
        Assert.Equal("dotnet", (string?)properties["RunCommand"]);
        Assert.Matches(
            "^exec \".*CitiesOfLearning\\.DevHost\\.dll\" \"--App=.*functions.App.bin.*net10\\.0\" *$",
            (string?)properties["RunArguments"]);
    }
}
