namespace CitiesOfLearning.Hub.Tests;

public sealed class ArchitectureTests
{
    [Fact]
    public void Hub_references_no_functions_and_no_http_server()
    {
        var references = System.Reflection.Assembly.Load("CitiesOfLearning.Hub").GetReferencedAssemblies().Select(a => a.Name!);

        Assert.DoesNotContain(references, n => n.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
            || n.StartsWith("Microsoft.Azure.Functions", StringComparison.Ordinal)
            || n is "CitiesOfLearning.App" or "CitiesOfLearning.Local");
    }
}
