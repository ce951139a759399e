using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CitiesOfLearning.Benchmarks.StartUp;

/// <summary>A built web app, started anew for each measurement.</summary>
/// <param name="assembly">Path of its .dll.</param>
/// <param name="port">Where it answers GET /health/live.</param>
/// <param name="settings">Its environment variables, beside those of this process.</param>
internal sealed class MeasuredApp(string assembly, int port, IReadOnlyDictionary<string, string> settings)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>From the start of the process until the answer 200 is there; the process is ended after it.</summary>
    public async Task<TimeSpan> FirstAnswerAsync()
    {
        var start = new ProcessStartInfo("dotnet", [assembly]) { RedirectStandardOutput = true, WorkingDirectory = Path.GetDirectoryName(assembly) };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        try
        {
            while (!await AnswersAsync())
            {
                if (process.HasExited || Stopwatch.GetElapsedTime(started) > Patience)
                {
                    throw new CommandException($"{Path.GetFileName(assembly)} did not answer on port {port}.");
                }

                await Task.Delay(1);
            }

            return Stopwatch.GetElapsedTime(started);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    // A bare socket: where nobody listens yet it fails in microseconds.
    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, port);
            await socket.SendAsync("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());
            var head = new byte["HTTP/1.1 200".Length];
            var length = 0;
            while (length < head.Length && await socket.ReceiveAsync(head.AsMemory(length)) is > 0 and var read)
            {
                length += read;
            }

            return Encoding.ASCII.GetString(head) == "HTTP/1.1 200";
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
