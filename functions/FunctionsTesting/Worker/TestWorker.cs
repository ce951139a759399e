using System.Collections.Concurrent;
using CitiesOfLearning.FunctionsHost;
using CitiesOfLearning.FunctionsHost.Http;
using CitiesOfLearning.FunctionsHost.Protocol;
using Microsoft.Extensions.Configuration;

namespace CitiesOfLearning.FunctionsTesting.Worker;

/// <summary>The host's side of one app. A service of that app, so that it ends with it and each derived factory has its own.</summary>
internal sealed class TestWorker : IDisposable
{
    private const string Trigger = "Trigger";

    private static readonly Lazy<Task<WorkerEndpoint>> Started =
        new(() => Task.Run(() => WorkerEndpoint.StartAsync(CancellationToken.None)));

    private readonly TaskCompletionSource _mayStart = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _folder;
    private int _isDisposed;

    public TestWorker(string folder)
    {
        _folder = folder;
        Channel = new WorkerChannel(folder);
        Channel.Logged += log => Logs.Enqueue(Message.From(log));
        Endpoint.Expect(Id, Channel);
    }

    public string Id { get; } = WorkerChannel.NewId();

    public WorkerChannel Channel { get; }

    public ConcurrentQueue<FunctionLog> Logs { get; } = new();

    public string Address => Endpoint.Address;

    public HttpRoute[] Routes { get; private set; } = [];

    /// <summary>One for all apps of the process, for as long as it lives.</summary>
    private static WorkerEndpoint Endpoint => Started.Value.GetAwaiter().GetResult();

    public IReadOnlyList<FunctionDescription> Functions => [.. Channel.Functions.Select(f => new FunctionDescription(
        f.Name,
        TriggerOf(f),
        Routes.FirstOrDefault(r => r.Function == f)?.Template.TemplateText,
        f.Texts("methods")))];

    /// <summary>Done when somebody waits for the app's start; cancelled when nobody will.</summary>
    public Task Awaited => _mayStart.Task;

    public void MayStart() => _mayStart.TrySetResult();

    /// <summary>Once the functions are loaded, before the first is called.</summary>
    public void UseRoutes(IConfiguration configuration) =>
        Routes = HttpRoute.Of(Channel, HostJson.Read(_folder, configuration).RoutePrefix);

    public async Task<FunctionOutcome> InvokeAsync(
        string name,
        Func<LoadedFunction, TypedData> message,
        IReadOnlyDictionary<string, object?>? metadata,
        CancellationToken cancellationToken)
    {
        var function = Find(name);
        var id = WorkerChannel.NewId();
        var values = Defaults(function).Concat(metadata ?? new Dictionary<string, object?>()).Where(v => v.Value is not null)
            .Select(v => KeyValuePair.Create(v.Key, Message.OfMetadata(v.Value!)));
        var answer = await Channel.InvokeAsync(function, message(function), values, cancellationToken, id);
        return new FunctionOutcome(id, Message.FailureOf(function.Name, answer.Result));
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _mayStart.TrySetCanceled();
            Endpoint.Forget(Id);
            Channel.Dispose();
        }
    }

    private LoadedFunction Find(string name)
    {
        var function = Channel.Functions.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException(
                $"The app has no function '{name}'. It has: {string.Join(", ", Channel.Functions.Select(f => f.Name))}.", nameof(name));
        return function.IsTriggeredBy("http")
            ? throw new ArgumentException($"'{function.Name}' is triggered by HTTP: call it through CreateClient().", nameof(name))
            : function;
    }

    /// <summary>What a queue says of each message; functions may count on it.</summary>
    private static Dictionary<string, object?> Defaults(LoadedFunction function) =>
        function.IsTriggeredBy("queue") ? new() { ["Id"] = WorkerChannel.NewId(), ["DequeueCount"] = 1 } : [];

    private static string TriggerOf(LoadedFunction function) =>
        function.TriggerType.EndsWith(Trigger, StringComparison.OrdinalIgnoreCase)
            ? function.TriggerType[..^Trigger.Length]
            : function.TriggerType;
}
