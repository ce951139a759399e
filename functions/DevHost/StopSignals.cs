using System.Runtime.InteropServices;

namespace CitiesOfLearning.DevHost;

/// <summary>Ctrl-C, SIGTERM or a closed terminal: the first asks for an ordered stop, the second ends the process at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _signals;

    public StopSignals()
    {
        _signals = [.. new[]
        {
            PosixSignal.SIGINT,
            PosixSignal.SIGTERM,
            PosixSignal.SIGHUP
        }.Select(signal => PosixSignalRegistration.Create(signal, Stop))];
    }

    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }

        _stop.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        // Cancelled signals do not end the process.
        context.Cancel = !_stop.IsCancellationRequested;
        if (context.Cancel)
        {
            _ = _stop.CancelAsync();
        }
    }
}
