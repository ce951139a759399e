using System.Runtime.InteropServices;

/// <summary>
/// Runs in the worker before the app's own Main (https://github.com/dotnet/runtime/blob/main/docs/design/features/host-startup-hook.md; the
/// name and the missing namespace are prescribed). The worker ends with its host, however that ends, and leaves the terminal's Ctrl-C to
/// it. Uses nothing but the framework, so that it loads into any app.
/// </summary>
internal static partial class StartupHook
{
    private const int Hangup = 1;
    private const int Interrupt = 2;
    private const nint Ignore = 1;

    public static void Initialize()
    {
        if (!OperatingSystem.IsWindows())
        {
            // What is ignored already, .NET leaves alone.
            _ = Signal(Interrupt, Ignore);
            _ = Signal(Hangup, Ignore);
        }

        // The host holds the other end of standard input open for as long as it lives.
        new Thread(EndWithInput) { IsBackground = true, Name = "EndWithHost" }.Start(Console.OpenStandardInput());
    }

    private static void EndWithInput(object? input)
    {
        try
        {
            while (((Stream)input!).ReadByte() >= 0)
            {
                // Nobody writes there.
            }
        }
        catch (IOException)
        {
            // It has ended, too.
        }

        Environment.Exit(0);
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Signal(int number, nint handler);
}
