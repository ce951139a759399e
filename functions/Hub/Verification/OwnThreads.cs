using System.Collections.Concurrent;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>
/// A few threads that do nothing else: whatever they are asked for, all others stay free. Work that awaits goes on here too.
/// </summary>
internal sealed class OwnThreads : TaskScheduler, IDisposable
{
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
        foreach (var task in _tasks.GetConsumingEnumerable())
        {
            TryExecuteTask(task);
        }
    }
}
