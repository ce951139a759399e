using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Threading.Channels;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace CitiesOfLearning.FunctionsHost.Protocol;

/// <summary>
/// What is said to one worker, from its first message to its last. Messages of the two sides have no order among each other but this one:
/// init, metadata, a load for each function, then invocations.
/// </summary>
/// <param name="appFolder">The app's output folder, where the worker finds its assembly.</param>
internal sealed class WorkerChannel(string appFolder) : IDisposable
{
    private readonly Channel<StreamingMessage> _outgoing = Channel.CreateUnbounded<StreamingMessage>(new() { SingleReader = true });
    private readonly ConcurrentDictionary<string, Invocation> _invocations = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _ended = new();
    private volatile bool _isGone;
    private int _toLoad;

    /// <summary>Each line that the worker logs, as it comes.</summary>
    public event Action<RpcLog>? Logged;

    /// <summary>Done when every function is loaded; failed if one cannot be, or if the worker goes before.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Done when the conversation has ended, for whatever reason. Never, where the worker has not begun one.</summary>
    public Task Gone => _gone.Task;

    /// <summary>By name, as the host orders them; known once the worker is ready.</summary>
    public IReadOnlyList<LoadedFunction> Functions { get; private set; } = [];

    /// <summary>Where the worker answers HTTP, without a final slash; null if it does not.</summary>
    public string? HttpUri { get; private set; }

    public int InFlight => _invocations.Count;

    /// <summary>Null where the app, built anew, no longer has it.</summary>
    public LoadedFunction? Find(string name) => Functions.FirstOrDefault(f => f.Name == name);

    /// <summary>Whether it is in flight, and the worker was told that nobody waits for it any more.</summary>
    public bool IsCancelled(string invocationId) => _invocations.TryGetValue(invocationId, out var invocation) && invocation.IsCancelled;

    /// <summary>Listens and speaks until the worker goes, or <see cref="Dispose"/>.</summary>
    public async Task RunAsync(
        IAsyncStreamReader<StreamingMessage> incoming, IServerStreamWriter<StreamingMessage> outgoing, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ended.Token);
        var writing = WriteAsync(outgoing, end.Token);
        Send(new()
        {
            WorkerInitRequest = new() { HostVersion = "4.1000.0.0", WorkerDirectory = appFolder, FunctionAppDirectory = appFolder },
        });
        try
        {
            while (await incoming.MoveNext(end.Token))
            {
                Take(incoming.Current);
            }
        }
        catch (WorkerException refused)
        {
            _ready.TrySetException(refused);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or Grpc.Core.RpcException)
        {
            // The worker has gone, or was told to.
        }
        finally
        {
            await end.CancelAsync();
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Lose();
            _gone.TrySetResult();
        }
    }

    /// <summary>Runs a function and gives what the worker says of it.</summary>
    /// <param name="data">For the parameter that the trigger is bound to.</param>
    /// <exception cref="WorkerException">The worker went before it answered; whether the function had its effect, nobody knows.</exception>
    public async Task<InvocationResponse> InvokeAsync(
        LoadedFunction function,
        TypedData data,
        IEnumerable<KeyValuePair<string, TypedData>> triggerMetadata,
        CancellationToken cancellationToken,
        string? id = null)
    {
        var request = new InvocationRequest
        {
            InvocationId = id ?? NewId(),
            FunctionId = function.Metadata.FunctionId,
            TraceContext = new(),
        };
        request.InputData.Add(new ParameterBinding { Name = function.Parameter, Data = data });
        Add(request.TriggerMetadata, triggerMetadata);

        var invocation = _invocations[request.InvocationId] = new Invocation();
        Send(new() { InvocationRequest = request });
        if (_isGone)
        {
            Lose();
        }

        await using var cancelling = cancellationToken.Register(() =>
        {
            invocation.IsCancelled = true;
            Send(new() { InvocationCancel = new() { InvocationId = request.InvocationId } });
        });
        return await invocation.Answer.Task;
    }

    /// <summary>Asks the worker to end by itself.</summary>
    public void Terminate(TimeSpan patience) => Send(new() { WorkerTerminate = new() { GracePeriod = Duration.FromTimeSpan(patience) } });

    /// <summary>Ends the conversation; what is in flight fails.</summary>
    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
    }

    public static string NewId() => new Guid(RandomNumberGenerator.GetBytes(16)).ToString();

    private static void Add(MapField<string, TypedData> map, IEnumerable<KeyValuePair<string, TypedData>> values)
    {
        foreach (var (name, value) in values)
        {
            map[name] = value;
        }
    }

    private async Task WriteAsync(IServerStreamWriter<StreamingMessage> outgoing, CancellationToken cancellationToken)
    {
        await foreach (var message in _outgoing.Reader.ReadAllAsync(cancellationToken))
        {
            await outgoing.WriteAsync(message, cancellationToken);
        }
    }

    private void Take(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.WorkerInitResponse:
                Check(message.WorkerInitResponse.Result);
                HttpUri = message.WorkerInitResponse.Capabilities.TryGetValue("HttpUri", out var uri) ? uri.TrimEnd('/') : null;
                Send(new() { FunctionsMetadataRequest = new() { FunctionAppDirectory = appFolder } });
                break;
            case StreamingMessage.ContentOneofCase.FunctionMetadataResponse:
                Check(message.FunctionMetadataResponse.Result);
                Load(message.FunctionMetadataResponse.FunctionMetadataResults);
                break;
            case StreamingMessage.ContentOneofCase.FunctionLoadResponse:
                Loaded(message.FunctionLoadResponse);
                break;
            case StreamingMessage.ContentOneofCase.InvocationResponse:
                if (_invocations.TryRemove(message.InvocationResponse.InvocationId, out var invocation))
                {
                    invocation.Answer.TrySetResult(message.InvocationResponse);
                }

                break;
            case StreamingMessage.ContentOneofCase.RpcLog:
                Logged?.Invoke(message.RpcLog);
                break;
        }
    }

    private void Load(RepeatedField<RpcFunctionMetadata> functions)
    {
        _toLoad = functions.Count;
        Functions = [.. functions.OrderBy(f => f.Name, StringComparer.OrdinalIgnoreCase).Select(LoadedFunction.From)];
        foreach (var metadata in functions)
        {
            metadata.FunctionId = metadata.FunctionId.Length == 0 ? NewId() : metadata.FunctionId;
            Send(new() { FunctionLoadRequest = new() { FunctionId = metadata.FunctionId, Metadata = metadata } });
        }

        ReadyOnceLoaded();
    }

    private void Loaded(FunctionLoadResponse answer)
    {
        var function = Functions.FirstOrDefault(f => f.Metadata.FunctionId == answer.FunctionId);
        Check(answer.Result, $"Function '{function?.Name}' cannot be loaded: ");
        _toLoad--;
        ReadyOnceLoaded();
    }

    private void ReadyOnceLoaded()
    {
        if (_toLoad == 0)
        {
            _ready.TrySetResult();
        }
    }

    private void Send(StreamingMessage message)
    {
        message.RequestId = NewId();
        _outgoing.Writer.TryWrite(message);
    }

    private void Lose()
    {
        _isGone = true;
        _ready.TrySetException(new WorkerException("The worker went before its functions were loaded."));
        foreach (var id in _invocations.Keys)
        {
            if (_invocations.TryRemove(id, out var invocation))
            {
                invocation.Answer.TrySetException(new WorkerException("The worker went before it answered."));
            }
        }
    }

    private static void Check(StatusResult? result, string introduction = "")
    {
        if (result is { Status: not StatusResult.Types.Status.Success })
        {
            throw new WorkerException(introduction + (result.Exception is { Message.Length: > 0 } exception
                ? exception.Message
                : result.Result));
        }
    }

    private sealed class Invocation
    {
        public TaskCompletionSource<InvocationResponse> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public volatile bool IsCancelled;
    }
}
