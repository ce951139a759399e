using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using Microsoft.Extensions.Azure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CitiesOfLearning.FunctionsHost.Queues;

/// <summary>Makes the listener's clients as the SDK does, with the host's lease on messages.</summary>
internal sealed class LeasedQueues(AzureComponentFactory usual, TimeSpan lease) : AzureComponentFactory
{
    public override TokenCredential CreateTokenCredential(IConfiguration configuration) => usual.CreateTokenCredential(configuration);

    public override object CreateClientOptions(Type optionsType, object serviceVersion, IConfiguration configuration)
    {
        var options = usual.CreateClientOptions(optionsType, serviceVersion, configuration);
        if (options is QueueClientOptions queues)
        {
            queues.AddPolicy(new MessageLeasePolicy(lease), HttpPipelinePosition.PerCall);
        }

        return options;
    }

    public override object CreateClient(Type clientType, IConfiguration configuration, TokenCredential credential, object clientOptions) =>
        usual.CreateClient(clientType, configuration, credential, clientOptions);

    /// <summary>Puts it in the place of the SDK's own.</summary>
    public static void AddTo(IServiceCollection services, TimeSpan lease)
    {
        var usual = services.Last(d => d.ServiceType == typeof(AzureComponentFactory));
        services.AddSingleton<AzureComponentFactory>(s => new LeasedQueues(
            (AzureComponentFactory)(usual.ImplementationFactory?.Invoke(s)
                ?? ActivatorUtilities.CreateInstance(s, usual.ImplementationType!)),
            lease));
    }
}
