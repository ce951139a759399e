using Azure.Core;
using Azure.Security.KeyVault.Keys.Cryptography;

namespace Azure.Security.KeyVault.Keys;

/// <summary>
/// The members that the hub calls, with the package's signatures:
/// https://learn.microsoft.com/dotnet/api/azure.security.keyvault.keys.keyclient
/// </summary>
public class KeyClient
{
    public KeyClient(Uri vaultUri, TokenCredential credential) => VaultUri = vaultUri;

    /// <summary>For mocking.</summary>
    protected KeyClient() => VaultUri = new Uri("https://vault.example");

    public virtual Uri VaultUri { get; }

    public virtual AsyncPageable<KeyProperties> GetPropertiesOfKeyVersionsAsync(
        string name, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public virtual Task<Response<KeyVaultKey>> GetKeyAsync(
        string name, string? version = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public virtual CryptographyClient GetCryptographyClient(string keyName, string? keyVersion = null) => throw new NotSupportedException();
}
