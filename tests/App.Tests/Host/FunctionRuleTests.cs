using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Tests.Host;

/// <summary>What the real worker silently gets wrong, our functions must not ask of it.</summary>
public sealed class FunctionRuleTests
{
    private static readonly Type[] Bindable =
    [
        typeof(HttpRequest), typeof(FunctionContext), typeof(CancellationToken), typeof(TimerInfo), typeof(BinaryData),
        typeof(string), typeof(int), typeof(long), typeof(Guid), typeof(bool),
    ];

    private static readonly IReadOnlyList<(string Name, System.Reflection.MethodInfo Method)> App =
        FunctionCatalogue.From(System.Reflection.Assembly.Load("CitiesOfLearning.App").GetExportedTypes());

    [Fact]
    public void Every_parameter_is_one_that_the_worker_binds()
    {
        var others = App.SelectMany(f => f.Method
            .GetParameters()
            .Select(p => (f.Name, Type: Nullable.GetUnderlyingType(p.ParameterType) ?? p.ParameterType)))
            .Where(p => !Bindable.Contains(p.Type));

        Assert.Empty(others);
    }

    [Fact]
    public void Every_http_function_returns_a_result()
    {
        var others = App.Where(f => FunctionCatalogue.Http(f.Method) is not null)
            .Where(f => !typeof(IResult).IsAssignableFrom(Answer(f.Method)) && !typeof(IActionResult).IsAssignableFrom(Answer(f.Method)))
            .Select(f => f.Name);

        Assert.Empty(others);
    }

    [Fact]
    public void No_function_returns_a_value_task_which_the_worker_does_not_await()
    {
        Assert.Empty(App.Where(f => f.Method.ReturnType.Name.StartsWith(nameof(ValueTask), StringComparison.Ordinal)).Select(f => f.Name));
    }

    [Fact]
    public void Every_http_function_is_anonymous_because_access_is_the_hubs_own_business()
    {
        Assert.All(App
            .Select(f => FunctionCatalogue.Http(f.Method))
            .OfType<HttpTriggerAttribute>(), t => Assert.Equal(AuthorizationLevel.Anonymous, t.AuthLevel));
    }

    private static Type Answer(System.Reflection.MethodInfo function)
    {
        var type = function.ReturnType;

        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>) ? type.GenericTypeArguments[0] : type;
    }
}
