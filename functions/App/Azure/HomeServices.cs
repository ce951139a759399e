using Azure.Identity;
using Azure.Security.KeyVault.Keys;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Credentials;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CitiesOfLearning.Home;

/// <summary>What only Azure gives the hub. The laptop's build has the same extension in functions/Local.</summary>
public static class HomeServices
{
    public static IHostApplicationBuilder AddHome(this IHostApplicationBuilder builder)
    {
        StartUpChecks.Run(builder.Configuration);

        // One long-lived client: the vault counts connections as well as calls.
        var credential = new DefaultAzureCredential();
        var vault = new KeyClient(new Uri(builder.Configuration["Hub:KeyVaultUrl"]!), credential);
        builder.Services.AddSingleton<ICredentialSigner>(s => new KeyVaultSigner(vault, credential, s.GetRequiredService<TimeProvider>()));

        // Nobody, until staff sign-in is there.
        builder.Services.AddSingleton(new StaffAccess(IsOpen: false));
        return builder;
    }
}
