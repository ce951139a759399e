using CitiesOfLearning.Hub;
using CitiesOfLearning.Hub.Settings;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.Infra.Tests.Published;
using CitiesOfLearning.KeyVault;
using CitiesOfLearning.Signing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CitiesOfLearning.Infra.Tests.KeyVault;

/// <summary>What a published app gets; that it refuses other settings is seen in <see cref="Published.PublishTests"/>.</summary>
public sealed class SignerServicesTests
{
    [Fact]
    public void The_vaults_signer_comes_with_a_closed_door()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["Hub:PublicUrl"] = "https://badges.example.org";
        builder.Configuration["Hub:KeyVaultUrl"] = "https://kv-badges.vault.azure.net/";
        builder.Configuration["Hub:DataKey"] = Convert.ToBase64String(new byte[32]);
        builder.Configuration["Hub:HashKey"] = Convert.ToBase64String(new byte[32]);
        builder.Services.AddLogging();

        builder.AddHub().AddSigner();

        using var services = builder.Services.BuildServiceProvider();
        Assert.IsType<KeyVaultSigner>(services.GetRequiredService<ICredentialSigner>());
        Assert.False(services.GetRequiredService<StaffAccess>().IsOpen);
    }
}
