using CitiesOfLearning.JsonLd.Jcs;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.JsonLd.Tests.Suites;

/// <summary>The published test data of RFC 8785 (https://github.com/cyberphone/json-canonicalization).</summary>
public sealed class JcsSuiteTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_published_case_of_JCS_passes()
    {
        var inputs = Directory.GetFiles(Corpus.At("jcs/input"), "*.json");

        var passed = inputs.Where(input =>
            JsonCanonicalizer.Canonicalize(File.ReadAllBytes(input)).AsSpan()
                .SequenceEqual(File.ReadAllBytes(Corpus.At("jcs/output/" + Path.GetFileName(input))))).ToList();

        output.WriteLine($"jcs: {passed.Count} of {inputs.Length}");
        Assert.Equal(inputs, passed);
        Assert.Equal(6, inputs.Length);
    }
}
