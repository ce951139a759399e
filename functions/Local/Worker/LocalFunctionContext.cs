using System.Security.Cryptography;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.Local.Worker;

/// <summary>One invocation. What triggered it is an HttpContext, a message or a TimerInfo.</summary>
internal sealed class LocalFunctionContext(LocalFunction function, object trigger, IServiceProvider services, CancellationToken cancellation)
    : FunctionContext
{
    private string? invocationId;

    public LocalFunction Function { get; } = function;

    public object Trigger { get; } = trigger;

    public object? Result { get; set; }

    public override string InvocationId => invocationId ??= new Guid(RandomNumberGenerator.GetBytes(16)).ToString();

    public override IServiceProvider InstanceServices { get; set; } = services;

    public override FunctionDefinition FunctionDefinition => Function;

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override CancellationToken CancellationToken { get; } = cancellation;
}
