using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace CitiesOfLearning.Hub.Tests.Storage;

/// <summary>Counts what is thrown in the course of one piece of work, caught or not; other tests run beside it.</summary>
internal sealed class ThrownExceptions : IDisposable
{
    private static readonly AsyncLocal<ThrownExceptions?> Here = new();

    private readonly ConcurrentQueue<Exception> _all = new();

    private ThrownExceptions() => AppDomain.CurrentDomain.FirstChanceException += See;

    public static async Task<IReadOnlyCollection<Exception>> InAsync(Func<Task> work)
    {
        using var thrown = new ThrownExceptions();
        Here.Value = thrown;
        await work();
        Here.Value = null;
        return [.. thrown._all];
    }

    public void Dispose() => AppDomain.CurrentDomain.FirstChanceException -= See;

    private void See(object? sender, FirstChanceExceptionEventArgs e)
    {
        if (Here.Value == this)
        {
            _all.Enqueue(e.Exception);
        }
    }
}
