using CitiesOfLearning.Hub.Storage;
using Microsoft.Extensions.Time.Testing;

namespace CitiesOfLearning.Hub.Tests.Storage;

public sealed class RememberedTests
{
    private readonly FakeTimeProvider _time = new();
    private int _looks;
    private Func<Task<string>> _look = () => Task.FromResult("first");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_half_of_its_time_on_a_question_is_answered_and_starts_a_look_that_the_next_one_finds()
    {
        var remembered = Over(TimeSpan.FromMinutes(2));
        await remembered.GetAsync(Cancel);
        var second = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _look = () => second.Task;
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("first", remembered.Fresh());
        Assert.Equal("first", remembered.Fresh());
        second.SetResult("second");
        await remembered.LookAsync(Cancel);

        Assert.Equal("second", remembered.Fresh());
        Assert.Equal(2, _looks);
    }

    [Fact]
    public async Task What_fails_leaves_memory_as_it_was_and_is_tried_again_after_half_a_minute()
    {
        var remembered = Over(TimeSpan.FromMinutes(2));
        await remembered.GetAsync(Cancel);
        _look = () => throw new AggregateException(new TimeoutException());
        _time.Advance(TimeSpan.FromMinutes(2));

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal("first", await remembered.GetAsync(Cancel));
        }

        Assert.Equal(2, _looks);
        _look = () => Task.FromResult("second");
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("second", await remembered.GetAsync(Cancel));
    }

    [Fact]
    public async Task A_look_that_began_before_something_changed_does_not_overwrite_the_one_that_saw_it()
    {
        var slow = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _look = () => slow.Task;
        var remembered = Over(TimeSpan.FromMinutes(2));
        var early = remembered.LookAsync(Cancel);
        while (_looks == 0)
        {
            await Task.Yield();
        }

        _look = () => Task.FromResult("changed");
        remembered.Forget();
        Assert.Equal("changed", await remembered.GetAsync(Cancel));
        slow.SetResult("early");
        await early;

        Assert.Equal("changed", remembered.Fresh());
    }

    private Remembered<string> Over(TimeSpan freshness) => new(
        _ =>
        {
            Interlocked.Increment(ref _looks);
            return _look();
        },
        freshness,
        _time);
}
