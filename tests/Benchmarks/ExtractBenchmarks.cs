using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using CitiesOfLearning.OpenBadges.Baking;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Benchmarks;

/// <summary>The picture's digest is part of it, so a SHA-256 of the same bytes is the floor.</summary>
public class ExtractBenchmarks
{
    private readonly byte[] _baked = PngBaker.Bake(Some.Png(), Encoding.UTF8.GetBytes(Some.CompactJws));

    [Benchmark(Baseline = true, Description = "floor: SHA-256")]
    public byte[] Floor() => SHA256.HashData(_baked);

    [Benchmark(Description = "extract from 60 kB PNG, with the picture's digest")]
    public byte[] ExtractAndDigest() => ((ExtractionResult.Found)BadgeImage.Extract(_baked)).Picture.Sha256();

    [Benchmark(Description = "extract from 60 kB PNG alone")]
    public ExtractionResult Extract() => BadgeImage.Extract(_baked);
}
