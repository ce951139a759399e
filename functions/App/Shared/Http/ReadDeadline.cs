using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Converters;

namespace CitiesOfLearning.App.Shared.Http;

/// <summary>
/// How long a page or a document may wait for storage. The cancellation token that a function of <c>GET</c> is given carries it, so no
/// function can forget it; the client asks again.
/// </summary>
internal sealed class ReadDeadline : IInputConverter
{
    /// <summary>The answer is on its way within three seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.5);

    private const string Key = nameof(ReadDeadline);

    /// <summary>Begins it; null where what is asked for may change something.</summary>
    public static CancellationTokenSource? Begin(FunctionContext context, HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            return null;
        }

        var deadline = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        deadline.CancelAfter(Patience);
        context.Items[Key] = deadline.Token;
        return deadline;
    }

    public ValueTask<ConversionResult> ConvertAsync(ConverterContext context) => ValueTask.FromResult(
        context.TargetType == typeof(CancellationToken) && context.FunctionContext.Items.TryGetValue(Key, out var token)
            ? ConversionResult.Success(token)
            : ConversionResult.Unhandled());
}
