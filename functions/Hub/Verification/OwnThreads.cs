using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>
/// A few threads that do nothing else, and step back where others want the processor: whatever they are asked for, all others stay free.
/// Work that awaits goes on here too.
/// </summary>
internal sealed class OwnThreads : TaskScheduler, IDisposable
{
    private const int Nice = 5; // of 19: a third of what others get, and never nothing

    private readonly BlockingCollection<Task> _tasks = [];
    private readonly Thread[] _threads;

    public OwnThreads(int count, string name)
    {
        _threads = [.. Enumerable.Range(0, count).Select(i => new Thread(Work) { IsBackground = true, Name = $"{name} {i}" })];
        Array.ForEach(_threads, t => t.Start());
    }

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

    private void Work()
    {
        // .NET does not ask Linux for a thread's priority; there each thread has a "nice" value of its own (sched(7)).
        if (OperatingSystem.IsLinux())
        {
            _ = SetPriority(which: 0, who: 0, Nice);
        }
        else
        {
            Thread.CurrentThread.Priority = ThreadPriority.Lowest;
        }

        foreach (var task in _tasks.GetConsumingEnumerable())
        {
            TryExecuteTask(task);
        }
    }

    // PRIO_PROCESS of 0: the calling thread (setpriority(2), "C library/kernel differences").
    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int SetPriority(int which, uint who, int priority);
}
