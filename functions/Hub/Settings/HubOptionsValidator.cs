using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CitiesOfLearning.Hub.Settings;

/// <summary>
/// What keeps a program of the hub from starting. Each problem is one sentence that names the setting as people write it, says what to do,
/// and has no secret in it.
/// </summary>
public sealed class HubOptionsValidator : IValidateOptions<HubOptions>
{
    private const string Web = "an http or https address";
    private const string SecureWeb = "an https address";

    // Routes, cookies and forms of the hub begin at the root of its host.
    private const string PathInPublicUrl =
        "Hub__PublicUrl must end with the host or the port, without a path: the hub has a host to itself, such as " +
        "https://badges.example.org.";

    private readonly bool _isPublic;
    private readonly bool _hasVault;
    private readonly bool _readsPeople;

    private HubOptionsValidator(bool isPublic, bool hasVault, bool readsPeople) =>
        (_isPublic, _hasVault, _readsPeople) = (isPublic, hasVault, readsPeople);

    /// <summary>On a laptop.</summary>
    public static HubOptionsValidator Laptop { get; } = new(isPublic: false, hasVault: false, readsPeople: true);

    /// <summary>The app in Azure.</summary>
    public static HubOptionsValidator Published { get; } = new(isPublic: true, hasVault: true, readsPeople: true);

    /// <summary>The upload of cities to a hub in Azure: it signs nothing, and sees nobody's name.</summary>
    public static HubOptionsValidator Upload { get; } = new(isPublic: true, hasVault: false, readsPeople: false);

    /// <summary>The upload of a roster to a hub in Azure: it signs nothing.</summary>
    public static HubOptionsValidator UploadOfPeople { get; } = new(isPublic: true, hasVault: false, readsPeople: true);

    public ValidateOptionsResult Validate(string? name, HubOptions options) =>
        Problems(options) is { Count: > 0 } problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;

    /// <returns>None when the program may start.</returns>
    public IReadOnlyList<string> Problems(IConfiguration configuration) =>
        Problems(configuration.GetSection("Hub").Get<HubOptions>() ?? new());

    /// <summary>32 bytes in base64.</summary>
    public static bool IsKey(string text)
    {
        Span<byte> key = stackalloc byte[33];
        return Convert.TryFromBase64String(text, key, out var length) && length == 32;
    }

    private IReadOnlyList<string> Problems(HubOptions options) =>
    [
        .. IsBase(options.PublicUrl, _isPublic)
            ? HasPath(options.PublicUrl!) ? [PathInPublicUrl] : (string[])[]
            : [Address("PublicUrl", _isPublic, "where the world sees the hub", "https://badges.example.org")],
        .. IsBase(options.KeyVaultUrl, true) || (options.KeyVaultUrl is null or "" && !_hasVault)
            ? (string[])[] : [Address("KeyVaultUrl", true, "the vault with the signing keys", "https://kv-badges.vault.azure.net/")],
        .. IsBase(options.GraphUrl, _isPublic)
            ? (string[])[]
            : [Address("GraphUrl", _isPublic, "Microsoft Graph with its version", "https://graph.microsoft.com/v1.0")],
        .. Number("MailPerMinute", options.MailPerMinute, 1, 60_000),
        .. Number("MailPerDay", options.MailPerDay, HubOptions.LeastMailPerDay, 100_000_000),
        .. _readsPeople && !options.VerifiesOnly ? [.. Key("DataKey", options.DataKey), .. Key("HashKey", options.HashKey)] : (string[])[],
    ];

    // Other addresses are made by writing on behind it.
    private static bool IsBase(string? text, bool mustBeSecure) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && !mustBeSecure))
        && address is { Query: "", Fragment: "", UserInfo: "", Host.Length: > 0 };

    private static bool HasPath(string text) => new Uri(text).AbsolutePath != "/";

    private static string Address(string name, bool mustBeSecure, string what, string example) =>
        $"Hub__{name} must be {(mustBeSecure ? SecureWeb : Web)} without query or fragment ({what}), such as {example}.";

    private static string[] Number(string name, int value, int least, int most) => value >= least && value <= most
        ? []
        : [string.Create(CultureInfo.InvariantCulture, $"Hub__{name} must be a whole number from {least} to {most}.")];

    private static string[] Key(string name, string? text) => text switch
    {
        null or "" => [$"Hub__{name} is missing: it must be 32 bytes in base64."],
        _ when text.StartsWith("@Microsoft.KeyVault(", StringComparison.OrdinalIgnoreCase) =>
            [$"Hub__{name} is a reference to the vault that was not resolved: is the secret there, and may the hub's identity read it?"],
        _ when !IsKey(text) => [$"Hub__{name} must be 32 bytes in base64."],
        _ => [],
    };
}
