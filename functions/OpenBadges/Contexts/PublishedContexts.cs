using System.Collections.Concurrent;
using System.Text.Json;
using CitiesOfLearning.JsonLd;

namespace CitiesOfLearning.OpenBadges.Contexts;

/// <summary>
/// The JSON-LD contexts that credentials refer to, embedded byte for byte and pinned by SHA-256; <c>index.json</c> says where each comes
/// from. Contexts have changed in place, so every published text is kept: a proof made under an earlier text verifies under that one.
/// </summary>
public static class PublishedContexts
{
    private const string Folder = "contexts/";

    /// <summary>
    /// How many editions a proof is tried under: three of an Open Badges context with two of a proof's, and no more work for a third party.
    /// </summary>
    private const int MaxEditions = 6;

    private static readonly Lazy<Dictionary<string, PinnedText[]>> Index = new(ReadIndex);
    private static readonly ConcurrentDictionary<string, ContextStore> Stores = new(StringComparer.Ordinal);

    /// <summary>The addresses that are known; a few are other names of the same context.</summary>
    public static IReadOnlyCollection<string> Addresses => Index.Value.Keys;

    /// <summary>The newest text of each. Processed contexts are kept in it for as long as the process lives.</summary>
    public static ContextStore Newest { get; } = Editions([]).First();

    /// <summary>
    /// The stores under which a proof may have been made, the newest first: one, unless an address among these has had other texts; then
    /// one for each choice among them.
    /// </summary>
    internal static IEnumerable<ContextStore> Editions(IEnumerable<string> urls)
    {
        var changed = urls.Select(url => Index.Value.GetValueOrDefault(url, [])).Where(texts => texts.Length > 1).Distinct().ToArray();
        var choices = changed.Aggregate(1, (product, texts) => product * texts.Length);
        return Enumerable.Range(0, Math.Min(choices, MaxEditions)).Select(choice => Edition(changed, choice));
    }

    private static ContextStore Edition(PinnedText[][] changed, int choice)
    {
        var older = new Dictionary<PinnedText[], PinnedText>();
        foreach (var texts in changed)
        {
            (choice, var edition) = Math.DivRem(choice, texts.Length);
            if (edition > 0)
            {
                older.Add(texts, texts[edition]);
            }
        }

        var name = string.Join(' ', older.Values.Select(text => text.File).Order(StringComparer.Ordinal));
        return Stores.GetOrAdd(name, _ => new ContextStore(url => Find(url, older)));
    }

    private static byte[]? Find(string url, Dictionary<PinnedText[], PinnedText> older)
    {
        if (!Index.Value.TryGetValue(url, out var texts))
        {
            return null;
        }

        var text = older.GetValueOrDefault(texts, texts[0]);
        return text.Checked(Read(text.File));
    }

    private static Dictionary<string, PinnedText[]> ReadIndex()
    {
        using var index = JsonDocument.Parse(Read("index.json"));
        var contexts = new Dictionary<string, PinnedText[]>(StringComparer.Ordinal);
        foreach (var context in index.RootElement.EnumerateArray())
        {
            var texts = context.GetProperty("texts").EnumerateArray()
                .Select(t => new PinnedText(t.GetProperty("file").GetString()!, t.GetProperty("sha256").GetString()!)).ToArray();
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
