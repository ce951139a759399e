using System.Security.Cryptography;

namespace CitiesOfLearning.App.Shared.Pages;

/// <summary>A file that pages use: served at <c>/assets/{name}</c>.</summary>
/// <param name="ETag">Quoted, as in the header.</param>
public sealed record Asset(byte[] Bytes, string MediaType, string ETag);

/// <summary>The style sheet and the logo, from the assembly.</summary>
public static class Assets
{
    /// <summary>The address carries the content's hash, so browsers may keep the file for a year.</summary>
    public const string CacheControl = "public, max-age=31536000, immutable";

    private static readonly Dictionary<string, Asset> Files = new(StringComparer.Ordinal)
    {
        ["hub.css"] = Read("hub.css", "text/css; charset=utf-8"),
        ["logo.svg"] = Read("logo.svg", "image/svg+xml"),
    };

    public static string StyleSheet { get; } = Address("hub.css");

    public static string Logo { get; } = Address("logo.svg");

    public static Asset? Find(string name) => Files.GetValueOrDefault(name);

    private static string Address(string name) => $"/assets/{name}?v={Files[name].ETag.Trim('"')[..8]}";

    private static Asset Read(string name, string mediaType)
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream($"CitiesOfLearning.App.wwwroot.{name}")
            ?? throw new InvalidOperationException($"{name} is not in the assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new Asset(bytes, mediaType, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16))}\"");
    }
}
