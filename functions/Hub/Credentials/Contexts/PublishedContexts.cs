using System.Security.Cryptography;
using System.Text.Json;
using CitiesOfLearning.JsonLd;

namespace CitiesOfLearning.Hub.Credentials.Contexts;

/// <summary>
/// The JSON-LD contexts that credentials refer to, embedded byte for byte and pinned by SHA-256; <c>index.json</c> says where each comes
/// from. Contexts have changed in place, so every published text is kept: a proof that was made under an earlier text verifies under that one.
/// </summary>
public static class PublishedContexts
{
    private const string Folder = "CitiesOfLearning.Hub.Credentials.Contexts.";

    private static readonly Lazy<Dictionary<string, Text[]>> Index = new(ReadIndex);
    private static readonly Lazy<ContextStore[]> Stores = new(() =>
        [.. Enumerable.Range(0, Index.Value.Values.Max(t => t.Length)).Select(edition => new ContextStore(url => Find(url, edition)))]);

    /// <summary>The newest text of each.</summary>
    public static ContextStore Newest => Stores.Value[0];

    /// <summary>
    /// The stores under which a proof may have been made, the newest first: one, unless an address among these has had other texts.
    /// </summary>
    public static IEnumerable<ContextStore> Editions(IEnumerable<string> urls)
    {
        var count = urls.Select(url => Index.Value.TryGetValue(url, out var texts) ? texts.Length : 1).DefaultIfEmpty(1).Max();
        return Stores.Value.Take(count);
    }

    private sealed record Text(string File, string Sha256);

    private static byte[]? Find(string url, int edition)
    {
        if (!Index.Value.TryGetValue(url, out var texts))
        {
            return null;
        }

        var text = texts[Math.Min(edition, texts.Length - 1)];
        var bytes = Read(text.File);
        return Convert.ToHexStringLower(SHA256.HashData(bytes)) == text.Sha256
            ? bytes
            : throw new InvalidOperationException($"{text.File} is not the published text of {url}.");
    }

    private static Dictionary<string, Text[]> ReadIndex()
    {
        using var index = JsonDocument.Parse(Read("index.json"));
        var contexts = new Dictionary<string, Text[]>(StringComparer.Ordinal);
        foreach (var context in index.RootElement.EnumerateArray())
        {
            var texts = context.GetProperty("texts").EnumerateArray()
                .Select(t => new Text(t.GetProperty("file").GetString()!, t.GetProperty("sha256").GetString()!)).ToArray();
            contexts.Add(context.GetProperty("url").GetString()!, texts);
            if (context.TryGetProperty("aliases", out var aliases))
            {
                foreach (var alias in aliases.EnumerateArray())
                {
                    contexts.Add(alias.GetString()!, texts);
                }
            }
        }

        return contexts;
    }

    private static byte[] Read(string file)
    {
        using var resource = typeof(PublishedContexts).Assembly.GetManifestResourceStream(Folder + file)
            ?? throw new InvalidOperationException($"{file} is not embedded.");
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
