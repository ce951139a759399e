using System.Collections.Immutable;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CitiesOfLearning.Tests.Apps.Sample;

/// <summary>Leaves out the functions that a file <c>{NotesFile}.lacks</c> names, as if the app had been built anew without them.</summary>
internal sealed class LackedFunctions(IFunctionMetadataProvider all, IConfiguration configuration) : IFunctionMetadataProvider
{
    public static void AddTo(IServiceCollection services)
    {
        var usual = services.Last(d => d.ServiceType == typeof(IFunctionMetadataProvider));
        services.AddSingleton<IFunctionMetadataProvider>(s => new LackedFunctions(
            (IFunctionMetadataProvider)(usual.ImplementationInstance
                ?? usual.ImplementationFactory?.Invoke(s)
                ?? ActivatorUtilities.CreateInstance(s, usual.ImplementationType!)),
            s.GetRequiredService<IConfiguration>()));
    }

    public async Task<ImmutableArray<IFunctionMetadata>> GetFunctionMetadataAsync(string directory)
    {
        var file = configuration["NotesFile"] + ".lacks";
        var lacked = File.Exists(file) ? await File.ReadAllLinesAsync(file) : [];
        return [.. (await all.GetFunctionMetadataAsync(directory)).Where(function => !lacked.Contains(function.Name))];
    }
}
