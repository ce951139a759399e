using Azure.Core;
using CitiesOfLearning.Hub.Settings;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.LocalKeys;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CitiesOfLearning.Signing;

/// <summary>Signs with the laptop's keys. A published app has functions/KeyVault in its place, with the same extension.</summary>
public static class SignerServices
{
    /// <exception cref="InvalidOperationException">Nobody said where the keys are.</exception>
    public static IHostApplicationBuilder AddSigner(this IHostApplicationBuilder builder)
    {
        // Asked here, so that a hub without keys does not start rather than fail at the first badge.
        _ = LocalSigner.Folder(builder.Configuration);
        builder.Services.AddSingleton<LocalSigner>();
        builder.Services.AddSingleton<ICredentialSigner>(s => s.GetRequiredService<LocalSigner>());

        builder.Services.AddSingleton<TokenCredential, LocalCredential>();

        // Whoever sits at the laptop is the steward.
        builder.Services.AddSingleton(new StaffAccess(IsOpen: true));
        return builder;
    }
}
