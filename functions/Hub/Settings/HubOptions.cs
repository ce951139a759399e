namespace CitiesOfLearning.Hub.Settings;

/// <summary>Settings under <c>Hub:</c>.</summary>
public sealed class HubOptions
{
    /// <summary>A mailbox's day is counted in so many parts.</summary>
    public const int LeastMailPerDay = 100;

    /// <summary>Where the world sees the hub, without a final slash. Part of every identifier; never taken from a request.</summary>
    public string PublicUrl { get; set; } = "";

    /// <summary>32 bytes, base64: encrypts addresses and names at rest.</summary>
    public string DataKey { get; set; } = "";

    /// <summary>32 bytes, base64: makes ids that cannot be guessed from an address.</summary>
    public string HashKey { get; set; } = "";

    /// <summary>The vault with the signing keys; null where they are not in a vault.</summary>
    public string? KeyVaultUrl { get; set; }

    /// <summary>
    /// This app of the hub checks badges and does nothing else: it has no key to what is encrypted, and may neither sign nor write.
    /// </summary>
    public bool VerifiesOnly { get; set; }

    /// <summary>Microsoft Graph's base address, with its version.</summary>
    public string GraphUrl { get; set; } = "https://graph.microsoft.com/v1.0";

    /// <summary>How many messages one mailbox sends in a minute: one less than Exchange takes, because some come a second late.</summary>
    public int MailPerMinute { get; set; } = 29;

    /// <summary>How many messages one mailbox sends in any 24 hours.</summary>
    public int MailPerDay { get; set; } = 10_000;
}
