using Azure.Core;
using Azure.Security.KeyVault.Keys;
using CitiesOfLearning.Hub.Settings;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.KeyVault;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CitiesOfLearning.Signing;

/// <summary>Signs with keys in the vault, in a published app. Elsewhere functions/LocalKeys has the same extension.</summary>
public static class SignerServices
{
    /// <summary>Ends the process where the settings are not fit for a published app.</summary>
    public static IHostApplicationBuilder AddSigner(this IHostApplicationBuilder builder)
    {
        builder.Services.Replace(ServiceDescriptor.Singleton<IValidateOptions<HubOptions>>(HubOptionsValidator.Published));
        var problems = StartUpChecks.Problems(builder.Configuration);
        if (problems.Count > 0)
        {
            // Each a line in the app's log, without a stack trace around it.
            Console.Error.WriteLine(string.Join(Environment.NewLine, problems));
            Environment.Exit(1);
        }

        // One long-lived client: the vault counts connections as well as calls.
        builder.Services.AddSingleton(s => new KeyClient(
            new Uri(s.GetRequiredService<IOptions<HubOptions>>().Value.KeyVaultUrl!), s.GetRequiredService<TokenCredential>()));
        builder.Services.AddSingleton<ICredentialSigner, KeyVaultSigner>();

        // Nobody, until staff sign-in is there.
        builder.Services.AddSingleton(new StaffAccess(IsOpen: false));
        return builder;
    }
}
