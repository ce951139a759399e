namespace CitiesOfLearning.Hub.Settings;

/// <summary>Settings under <c>Hub:</c>.</summary>
public sealed class HubOptions
{
    /// <summary>Where the world sees the hub, without a final slash. Part of every identifier; never taken from a request.</summary>
    public string PublicUrl { get; set; } = "";

    /// <summary>32 bytes, base64: encrypts addresses and names at rest.</summary>
    public string DataKey { get; set; } = "";

    /// <summary>32 bytes, base64: makes ids that cannot be guessed from an address.</summary>
    public string HashKey { get; set; } = "";

    /// <summary>The vault with the signing keys; null where they are not in a vault.</summary>
    public string? KeyVaultUrl { get; set; }

    /// <summary>Microsoft Graph's base address, with its version.</summary>
    public string GraphUrl { get; set; } = "https://graph.microsoft.com/v1.0";
}
