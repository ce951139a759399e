using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CitiesOfLearning.App.Tests.Host;

public sealed class PortTakenTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("hub-port-taken-").FullName;

    [Fact]
    public async Task Is_said_with_the_way_to_choose_another_and_without_a_stack_trace()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var start = new ProcessStartInfo("dotnet", [System.Reflection.Assembly.Load("CitiesOfLearning.App").Location]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["Local__Port"] = $"{port}";
        start.Environment["Local__StoragePort"] = "0";
        start.Environment["Local__DataFolder"] = folder;

        using var app = Process.Start(start)!;
        var error = await app.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await app.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, app.ExitCode);
        Assert.Contains($"Port {port} ", error);
        Assert.Contains("Local__Port=7072 dotnet run --project functions/App", error);
        Assert.DoesNotContain("   at ", error);
    }

    [Fact]
    public async Task Between_choosing_and_listening_ends_the_host_as_quietly()
    {
        string[] args = [$"--Local:DataFolder={folder}", "--Local:Port=0", "--AzureWebJobsStorage=none"];
        var builder = FunctionsApplication.CreateBuilder(args, typeof(HttpRoutingTests.Twin));
        using var host = builder.Build();
        using var taken = new TcpListener(IPAddress.Loopback, new Uri(builder.Configuration["Hub:PublicUrl"]!).Port);
        taken.Start();

        await host.RunAsync(TestContext.Current.CancellationToken);
        var exitCode = Environment.ExitCode;
        Environment.ExitCode = 0;

        Assert.Equal(1, exitCode);
    }

    public void Dispose()
    {
        Directory.Delete(folder, recursive: true);
    }
}
