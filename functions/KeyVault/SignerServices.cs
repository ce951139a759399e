using Azure.Identity;
using Azure.Security.KeyVault.Keys;
using CitiesOfLearning.App;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Credentials;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CitiesOfLearning.KeyVault;

/// <summary>What only Azure gives the hub. The laptop's build has the same extension in functions/Local.</summary>
public static class HomeServices
{
    public static IHostApplicationBuilder AddHome(this IHostApplicationBuilder builder)
    {
        var problems = StartUpChecks.Problems(builder.Configuration);
        if (problems.Count > 0)
        {
            // Each a line in the app's log, without a stack trace around it.
            Console.Error.WriteLine(string.Join(Environment.NewLine, problems));
            Environment.Exit(1);
        }

        // One long-lived client: the vault counts connections as well as calls.
        var vault = new KeyClient(new Uri(builder.Configuration["Hub:KeyVaultUrl"]!), new DefaultAzureCredential());
        builder.Services.AddSingleton<ICredentialSigner>(s => ActivatorUtilities.CreateInstance<KeyVaultSigner>(s, vault));

        // Nobody, until staff sign-in is there.
        builder.Services.AddSingleton(new StaffAccess(IsOpen: false));
        return builder;
    }
}
