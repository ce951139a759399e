using System.Globalization;
using CsCheck;

namespace CitiesOfLearning.OpenBadges.Tests.Fuzzing;

/// <summary>
/// Runs one target: each input that is kept for it, then a fixed number of new ones, or as many as FUZZ_SECONDS allows. Whatever fails is
/// printed in base64, to be kept as a file in Seeds/ with the mending.
/// </summary>
/// <param name="name">Also the folder below Seeds/.</param>
internal sealed class Fuzz(string name, ITestOutputHelper output)
{
    private const int MostPrinted = 16 * 1024;

    /// <summary>More than one input needs, on the machine with the least: a few times the largest text.</summary>
    private const long MostAllocated = 8 * 1024 * 1024;

    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Fuzzing", "Seeds");

    private static int LongSeconds =>
        int.TryParse(Environment.GetEnvironmentVariable("FUZZ_SECONDS"), CultureInfo.InvariantCulture, out var seconds) ? seconds : -1;

    /// <summary>What failed once.</summary>
    public IReadOnlyList<byte[]> Kept =>
        Directory.Exists(Path.Combine(Root, name))
            ? [.. Directory.EnumerateFiles(Path.Combine(Root, name)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)]
            : [];

    /// <param name="inputs">New ones; kept ones are changed as well.</param>
    /// <param name="holds">
    /// False or an exception is a find. True may be said of any input: it must say nothing of the input but that the promises were kept.
    /// </param>
    public void Run(Gen<byte[]> inputs, int cases, Func<byte[], bool> holds)
    {
        foreach (var kept in Kept)
        {
            Check(kept, holds);
        }

        var count = 0L;
        All(inputs).Sample(
            input =>
            {
                Interlocked.Increment(ref count);
                Check(input, input => Cheaply(input, holds));
            },
            iter: cases,
            time: LongSeconds);
        Say(count);
    }

    /// <summary>As <see cref="Run"/>, for what waits.</summary>
    public async Task RunAsync(Gen<byte[]> inputs, int cases, Func<byte[], Task<bool>> holds)
    {
        foreach (var kept in Kept)
        {
            await CheckAsync(kept, holds);
        }

        var count = 0L;
        await All(inputs).SampleAsync(
            async input =>
            {
                Interlocked.Increment(ref count);
                await CheckAsync(input, holds);
            },
            iter: cases,
            time: LongSeconds);
        Say(count);
    }

    private Gen<byte[]> All(Gen<byte[]> inputs) =>
        Kept is { Count: > 0 } kept ? Gen.Frequency((9, inputs), (1, Mutations.Of(kept))) : inputs;

    private void Say(long count) => output.WriteLine($"fuzz {name}: {Kept.Count} kept, {count} new");

    private static bool Cheaply(byte[] input, Func<byte[], bool> holds)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var held = holds(input);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated <= MostAllocated, $"{input.Length} bytes made the reader allocate {allocated}");
        return held;
    }

    private void Check(byte[] input, Func<byte[], bool> holds)
    {
        try
        {
            Assert.True(holds(input), "a promise was not kept");
        }
        catch (Exception e)
        {
            throw Find(input, e);
        }
    }

    private async Task CheckAsync(byte[] input, Func<byte[], Task<bool>> holds)
    {
        try
        {
            Assert.True(await holds(input), "a promise was not kept");
        }
        catch (Exception e)
        {
            throw Find(input, e);
        }
    }

    private InvalidOperationException Find(byte[] input, Exception e) => new(
        $"fuzz {name}: {e.GetType().Name}: {e.Message} Keep this in Fuzzing/Seeds/{name}/ (base64, {input.Length} bytes): "
        + Convert.ToBase64String(input.AsSpan(0, Math.Min(input.Length, MostPrinted))),
        e);
}
