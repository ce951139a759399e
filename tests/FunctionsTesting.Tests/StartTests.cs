using System.Collections.Immutable;
using System.Reflection;
using CitiesOfLearning.FunctionsHost;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CitiesOfLearning.FunctionsTesting.Tests;

public sealed class StartTests(FunctionsFactory<Program> app) : IClassFixture<FunctionsFactory<Program>>
{
    [Fact]
    public async Task What_the_app_throws_before_it_is_built_comes_out()
    {
        await using var failing = app.With("FailBeforeBuild", "No reason.");

        Assert.Equal("No reason.", Assert.Throws<InvalidOperationException>(failing.CreateClient).Message);
    }

    [Fact]
    public async Task What_the_app_throws_when_it_starts_comes_out()
    {
        await using var failing = app.With("FailAtStart", "Not today.");

        Assert.Equal("Not today.", Assert.Throws<NotSupportedException>(failing.CreateClient).Message);
    }

    [Fact]
    public async Task A_function_that_cannot_be_loaded_is_named()
    {
        await using var failing = new BrokenApp();

        Assert.StartsWith("Function 'gone' cannot be loaded: ", Assert.Throws<WorkerException>(failing.CreateClient).Message);
    }

    [Fact]
    public async Task An_app_that_did_not_start_is_in_nobodys_way()
    {
        for (var i = 0; i < 3; i++)
        {
            await using var failing = app.With("FailAtStart", "Not today.");
            Assert.Throws<NotSupportedException>(failing.CreateClient);
        }

        await using var fine = app.With("Who", "you");
        Assert.Equal("hello you", await fine.CreateClient().GetStringAsync("/hello", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_an_app_throws_that_is_faster_than_the_factory_comes_out_too()
    {
        await using var slow = new SlowFactory();
        await using var failing = slow.With("FailAtStart", "Not today.");

        Assert.Equal("Not today.", Assert.Throws<NotSupportedException>(failing.CreateClient).Message);
    }

    private sealed class SlowFactory : FunctionsFactory<Program>
    {
        protected override IHost CreateHost(IHostBuilder builder) => base.CreateHost(SlowBuilder.Of(builder));
    }

    /// <summary>Hands out the host after the app has had time to fail.</summary>
#pragma warning disable CA1852 // DispatchProxy derives from it.
    private class SlowBuilder : DispatchProxy
#pragma warning restore CA1852
    {
        private static readonly TimeSpan Head = TimeSpan.FromMilliseconds(300);

        private IHostBuilder _builder = null!;

        public static IHostBuilder Of(IHostBuilder builder)
        {
            var slow = Create<IHostBuilder, SlowBuilder>();
            ((SlowBuilder)slow)._builder = builder;
            return slow;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            var answer = targetMethod!.Invoke(_builder, args);
            if (answer is IHost)
            {
                Thread.Sleep(Head);
            }

            return answer == _builder ? this : answer;
        }
    }

    private sealed class BrokenApp : FunctionsFactory<Program>
    {
        protected override IHost CreateHost(IHostBuilder builder) =>
            base.CreateHost(builder.ConfigureContainer<IServiceCollection>(s => s.AddSingleton<IFunctionMetadataProvider, Gone>()));
    }

    private sealed class Gone : IFunctionMetadataProvider
    {
        public Task<ImmutableArray<IFunctionMetadata>> GetFunctionMetadataAsync(string directory) =>
            Task.FromResult<ImmutableArray<IFunctionMetadata>>([new DefaultFunctionMetadata
            {
                Name = "gone",
                EntryPoint = "Sample.Gone.Run",
                ScriptFile = Path.GetFileName(typeof(Program).Assembly.Location),
                Language = "dotnet-isolated",
                RawBindings = ["""{"name":"text","type":"queueTrigger","direction":"In","queueName":"gone"}"""],
            }]);
    }
}
