using System.Security.Cryptography;

namespace Azure.Security.KeyVault.Keys;

/// <summary>https://learn.microsoft.com/dotnet/api/azure.security.keyvault.keys.keyproperties</summary>
public class KeyProperties
{
    internal KeyProperties(string name, string version, DateTimeOffset? createdOn, DateTimeOffset? updatedOn)
    {
        Name = name;
        Version = version;
        CreatedOn = createdOn;
        UpdatedOn = updatedOn;
    }

    public string Name { get; }

    public string Version { get; }

    public bool? Enabled { get; set; }

    public DateTimeOffset? NotBefore { get; set; }

    public DateTimeOffset? ExpiresOn { get; set; }

    public DateTimeOffset? CreatedOn { get; }

    public DateTimeOffset? UpdatedOn { get; }
}

/// <summary>https://learn.microsoft.com/dotnet/api/azure.security.keyvault.keys.keyvaultkey</summary>
public class KeyVaultKey
{
    internal KeyVaultKey(KeyProperties properties, JsonWebKey key)
    {
        Properties = properties;
        Key = key;
    }

    public JsonWebKey Key { get; }

    public KeyProperties Properties { get; }
}

/// <summary>https://learn.microsoft.com/dotnet/api/azure.security.keyvault.keys.jsonwebkey</summary>
public class JsonWebKey
{
    private readonly ECParameters _ec;
    private readonly RSAParameters _rsa;

    public JsonWebKey(ECDsa ecdsa, bool includePrivateParameters = false) => _ec = ecdsa.ExportParameters(includePrivateParameters);

    public JsonWebKey(RSA rsaProvider, bool includePrivateParameters = false) =>
        _rsa = rsaProvider.ExportParameters(includePrivateParameters);

    public ECDsa ToECDsa(bool includePrivateParameters = false) => ECDsa.Create(_ec);

    public RSA ToRSA(bool includePrivateParameters = false) => RSA.Create(_rsa);
}

/// <summary>https://learn.microsoft.com/dotnet/api/azure.security.keyvault.keys.keymodelfactory</summary>
public static class KeyModelFactory
{
    public static KeyProperties KeyProperties(
        Uri? id = null,
        Uri? vaultUri = null,
        string? name = null,
        string? version = null,
        bool managed = false,
        DateTimeOffset? createdOn = null,
        DateTimeOffset? updatedOn = null,
        string? recoveryLevel = null) => new(name!, version!, createdOn, updatedOn);

    public static KeyVaultKey KeyVaultKey(KeyProperties properties, JsonWebKey key) => new(properties, key);
}
