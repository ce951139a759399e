using System.Diagnostics;
using CitiesOfLearning.App.Tests.Journeys;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.App.Tests.Journeys;

/// <summary>What the deployment workflow runs against Azure, run against a hub on this machine.</summary>
public sealed class SmokeScriptTests
{
    private const string Absent = "The script needs bash, curl, jq and openssl.";

    private static bool IsPresent =>
        !OperatingSystem.IsWindows()
            && ((string[])["bash", "curl", "jq", "openssl"]).All(p => File.Exists($"/usr/bin/{p}") || File.Exists($"/bin/{p}"));

    [Fact]
    public async Task A_test_award_is_sent_claimed_verified_and_revoked()
    {
        Assert.SkipUnless(IsPresent, Absent);
        using var hub = await RunningHub.ClientAsync();

        var (sent, said) = await RunAsync("send", ("SMOKE_RUN", "4711"));
        Assert.True(sent == 0, said);
        var mail = await LocalMail.WaitForAsync(hub, "steward+4711@example.org", "plymouth");
        var (finished, saidLast) = await RunAsync("finish", ("SMOKE_RUN", "4711"), ("SMOKE_LINK", (string)mail["links"]![0]!));

        Assert.True(finished == 0, saidLast);
        Assert.Contains("ok  the city's two keys are published", said);
        Assert.Contains("ok  claimed, downloaded, and the verifier says yes, yes, yes", saidLast);
        Assert.Contains("ok  revoked, and the verifier says no longer current", saidLast);
    }

    [Theory]
    [InlineData("SMOKE_SECRET", "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "FAILED: the delivery was refused")]
    [InlineData("SMOKE_CITY", "nowhere", "FAILED: no ES256 key of nowhere")]
    public async Task What_does_not_work_fails_it(string setting, string value, string expected)
    {
        Assert.SkipUnless(IsPresent, Absent);

        var (exit, said) = await RunAsync("send", (setting, value));

        Assert.Equal(1, exit);
        Assert.Contains(expected, said);
    }

    private static async Task<(int Exit, string Said)> RunAsync(string step, params (string Name, string Value)[] changes)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Repository.Root, "infra-bicep", "smoke.sh"), step])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        (string Name, string Value)[] settings =
        [
            ("HUB_PUBLIC_URL", (await RunningHub.AddressAsync()).ToString()),
            ("SMOKE_CITY", "plymouth"),
            ("SMOKE_SOURCE", "hub"),
            ("SMOKE_ACTIVITY", "tide-pool-survey"),
            ("SMOKE_EMAIL", "steward@example.org"),
            ("SMOKE_SECRET", SampleHub.Secret(SampleHub.Plymouth("hub"))),
            ("SMOKE_TRIES", "1"),
            .. changes,
        ];
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var complained = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await said + await complained);
    }
}
