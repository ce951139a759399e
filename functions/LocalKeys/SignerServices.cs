using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Credentials;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CitiesOfLearning.Home;

/// <summary>What only the laptop gives the hub. The Azure build has the same extension in App/Azure.</summary>
public static class HomeServices
{
    public static IHostApplicationBuilder AddHome(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Local.Laptop.LocalSigner>();
        builder.Services.AddSingleton<ICredentialSigner>(s => s.GetRequiredService<Local.Laptop.LocalSigner>());

        // Whoever sits at the laptop is the steward.
        builder.Services.AddSingleton(new StaffAccess(IsOpen: true));
        return builder;
    }
}
