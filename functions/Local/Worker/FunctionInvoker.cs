using System.ComponentModel;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace CitiesOfLearning.Local.Worker;

/// <summary>The innermost step of the pipeline: makes the function class, binds the parameters, keeps the result.</summary>
internal static class FunctionInvoker
{
    public static async Task InvokeAsync(FunctionContext context)
    {
        var invocation = (LocalFunctionContext)context;
        var function = invocation.Function;
        var arguments = Array.ConvertAll(function.Parameters, parameter => Bind(parameter, invocation));
        var instance = ActivatorUtilities.CreateInstance(invocation.InstanceServices, function.Class);

        invocation.Result = await function.CallAsync(instance, arguments);
    }

    private static object? Bind(ParameterInfo parameter, LocalFunctionContext invocation)
    {
        var type = parameter.ParameterType;
        if (type == typeof(FunctionContext))
        {
            return invocation;
        }

        if (type == typeof(CancellationToken))
        {
            return invocation.CancellationToken;
        }

        return invocation.Trigger switch
        {
            HttpContext http when type == typeof(HttpRequest) => http.Request,
            HttpContext http => Convert(http.Request.RouteValues[parameter.Name!], type),
            BinaryData message when type == typeof(BinaryData) => message,
            BinaryData message when type == typeof(string) => message.ToString(),
            TimerInfo timer when type == typeof(TimerInfo) => timer,
            _ => Convert(null, type),
        };
    }

    /// <summary>As the worker: what is missing becomes null or default, what does not convert throws and so becomes a 500.</summary>
    private static object? Convert(object? value, Type type)
    {
        if (value is null)
        {
            return type.IsValueType ? Activator.CreateInstance(type) : null;
        }

        if (type == typeof(string))
        {
            return value.ToString();
        }

        var converter = TypeDescriptor.GetConverter(type);

        return converter.CanConvertFrom(typeof(string)) ? converter.ConvertFromInvariantString(value.ToString()!) : null;
    }
}
