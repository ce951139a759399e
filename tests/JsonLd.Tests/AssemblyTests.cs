using System.Reflection;

namespace CitiesOfLearning.JsonLd.Tests;

public sealed class AssemblyTests
{
    private static readonly Assembly Library = typeof(JsonLdProcessor).Assembly;

    [Fact]
    public void The_library_may_be_trimmed_for_its_build_found_no_reflection_that_would_break() =>
        Assert.Contains(("IsTrimmable", "True"), Library.GetCustomAttributes<AssemblyMetadataAttribute>().Select(a => (a.Key, a.Value!)));

    [Fact]
    public void The_library_needs_nothing_but_the_framework() =>
        Assert.All(Library.GetReferencedAssemblies(), a => Assert.StartsWith("System.", a.Name, StringComparison.Ordinal));
}
