namespace Azure.Security.KeyVault.Keys.Cryptography;

/// <summary>https://learn.microsoft.com/dotnet/api/azure.security.keyvault.keys.cryptography.cryptographyclient</summary>
public class CryptographyClient
{
    /// <summary>For mocking.</summary>
    protected CryptographyClient()
    {
    }

    public virtual Task<SignResult> SignAsync(
        SignatureAlgorithm algorithm, byte[] digest, CancellationToken cancellationToken = default) => throw new NotSupportedException();
}

/// <summary>https://learn.microsoft.com/dotnet/api/azure.security.keyvault.keys.cryptography.signaturealgorithm</summary>
public readonly record struct SignatureAlgorithm(string Value)
{
    public static SignatureAlgorithm ES256 { get; } = new("ES256");

    public static SignatureAlgorithm RS256 { get; } = new("RS256");
}

/// <summary>https://learn.microsoft.com/dotnet/api/azure.security.keyvault.keys.cryptography.signresult</summary>
public class SignResult
{
    internal SignResult(byte[] signature) => Signature = signature;

    public byte[] Signature { get; }
}

/// <summary>https://learn.microsoft.com/dotnet/api/azure.security.keyvault.keys.cryptography.cryptographymodelfactory</summary>
public static class CryptographyModelFactory
{
    public static SignResult SignResult(string? keyId = null, byte[]? signature = null, SignatureAlgorithm algorithm = default) =>
        new(signature!);
}
