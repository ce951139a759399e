using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CitiesOfLearning.FunctionsTesting.Worker;

/// <summary>
/// The app's lifetime, which a host asks before anything else when it starts: before options are checked and hosted services are made.
/// </summary>
internal sealed class AwaitedLifetime(IHostLifetime usual, Task awaited) : IHostLifetime, IDisposable
{
    public async Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        await awaited.WaitAsync(cancellationToken);
        await usual.WaitForStartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => usual.StopAsync(cancellationToken);

    public void Dispose() => (usual as IDisposable)?.Dispose();

    /// <summary>Puts it before the app's own.</summary>
    public static void AddTo(IServiceCollection services, Task awaited)
    {
        var usual = services.Last(d => d.ServiceType == typeof(IHostLifetime));
        services.AddSingleton<IHostLifetime>(s => new AwaitedLifetime(
            (IHostLifetime)(usual.ImplementationInstance
                ?? usual.ImplementationFactory?.Invoke(s)
                ?? ActivatorUtilities.CreateInstance(s, usual.ImplementationType!)),
            awaited));
    }
}
