using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CitiesOfLearning.JsonLd;

/// <summary>
/// The processor time that this thread has had, where the system says; elsewhere the time that went by. On a busy machine a thread may wait
/// for a processor longer than it works.
/// </summary>
internal static class ThreadClock
{
    // clock_gettime(2): CLOCK_THREAD_CPUTIME_ID.
    private static readonly int Id = OperatingSystem.IsLinux() ? 3 : OperatingSystem.IsMacOS() ? 16 : -1;

    /// <summary>Since some moment of the thread's own, never going back.</summary>
    public static TimeSpan Now => Environment.Is64BitProcess && Id >= 0 && GetTime(Id, out var time) == 0
        ? TimeSpan.FromTicks((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / TimeSpan.NanosecondsPerTick))
        : Stopwatch.GetElapsedTime(0);

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
