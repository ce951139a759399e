using System.Reflection;
using System.Runtime.CompilerServices;

namespace Microsoft.Azure.Functions.Worker.Builder;

public static class FunctionsApplication
{
    /// <summary>The functions are those of the calling assembly, so a test that runs the app's entry point gets the app's.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static FunctionsApplicationBuilder CreateBuilder(string[] args)
    {
        var caller = Assembly.GetCallingAssembly();

        return new FunctionsApplicationBuilder(args, caller, caller.GetExportedTypes);
    }

    /// <summary>Runs chosen function classes instead, for tests of the host itself.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static FunctionsApplicationBuilder CreateBuilder(string[] args, params Type[] functions)
    {
        return new FunctionsApplicationBuilder(args, Assembly.GetCallingAssembly(), () => functions);
    }
}
