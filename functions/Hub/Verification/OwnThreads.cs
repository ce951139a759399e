using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>
/// A few threads that do nothing else: whatever they are asked for, all others stay free. Work that awaits goes on here too.
/// </summary>
internal sealed class OwnThreads : TaskScheduler, IDisposable
{
    private readonly BlockingCollection<Task> _tasks = [];
    private readonly Thread[] _threads;

    /// <param name="count">How many.</param>
    /// <param name="name">For whoever looks at the process.</param>
    /// <param name="nice">How far they step back where others want the processor (nice(2)); at 10 they have a tenth of what others have.
    /// </param>
    public OwnThreads(int count, string name, int nice = 0)
    {
        _threads = [.. Enumerable.Range(0, count).Select(i => new Thread(() => Work(nice)) { IsBackground = true, Name = $"{name} {i}" })];
        Array.ForEach(_threads, t => t.Start());
    }

    /// <summary>One processor is left for everybody else; where there is only one, it is shared.</summary>
    public static int Most { get; } = Math.Max(1, Environment.ProcessorCount - 1);

    public override int MaximumConcurrencyLevel => _threads.Length;

    /// <summary>Waits for what is being done, and does no more.</summary>
    public void Dispose()
    {
        _tasks.CompleteAdding();
        Array.ForEach(_threads, t => t.Join());
        _tasks.Dispose();
    }

    protected override void QueueTask(Task task) => _tasks.Add(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        _threads.Contains(Thread.CurrentThread) && !taskWasPreviouslyQueued && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [.. _tasks];

    private void Work(int nice)
    {
        // .NET does not ask Linux for a thread's priority; there each thread has a "nice" value of its own (sched(7)).
        if (nice > 0 && OperatingSystem.IsLinux())
        {
            _ = Nice(nice);
        }
        else if (nice > 0)
        {
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        }

        foreach (var task in _tasks.GetConsumingEnumerable())
        {
            TryExecuteTask(task);
        }
    }

    // Of the calling thread alone (nice(2), "C library/kernel differences").
    [DllImport("libc", EntryPoint = "nice")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Nice(int increment);
}
