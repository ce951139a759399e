using System.IO.Hashing;
using System.Text;
using BenchmarkDotNet.Attributes;
using CitiesOfLearning.OpenBadges.Baking;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Benchmarks;

/// <summary>Goal: at most 2 × a copy and a CRC-32 of the same bytes.</summary>
public class BakeBenchmarks
{
    private readonly byte[] _art = Some.Png();
    private readonly byte[] _credential = Encoding.UTF8.GetBytes(Some.CompactJws);

    [Benchmark(Baseline = true, Description = "floor: copy + CRC-32")]
    public uint Floor() => Crc32.HashToUInt32(_art.AsSpan().ToArray());

    [Benchmark(Description = "bake into 60 kB PNG")]
    public byte[] Bake() => PngBaker.Bake(_art, _credential);
}
