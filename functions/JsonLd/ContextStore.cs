using System.Collections.Concurrent;
using System.Text.Json;
using CitiesOfLearning.JsonLd.Contexts;

namespace CitiesOfLearning.JsonLd;

/// <summary>
/// The contexts that documents may refer to. Nothing is ever fetched: what is not here is an error that names it. Processed contexts are
/// kept, so that the second document costs no work for them. Safe for any number of threads.
/// </summary>
/// <param name="read">
/// Gives the document with this address, UTF-8 JSON with a <c>@context</c>, or null if it is not known. What it gives is kept; any thread
/// may ask.
/// </param>
public sealed class ContextStore(Func<string, byte[]?> read)
{
    // Contexts that scope each other can be combined without end.
    private const int MaxKept = 1000;

    private readonly ConcurrentDictionary<string, JsonElement> _documents = new(StringComparer.Ordinal);
    // What safe mode refuses may not come out of what was kept without it.
    private readonly ActiveContext _safe = ActiveContext.Initial(null);
    private readonly ActiveContext _unsafe = ActiveContext.Initial(null);
    private int _kept;

    internal ActiveContext Initial(bool safe) => safe ? _safe : _unsafe;

    /// <exception cref="JsonException">The stored text is no JSON.</exception>
    internal JsonElement? Find(string url)
    {
        if (_documents.TryGetValue(url, out var known))
        {
            return known;
        }

        if (read(url) is not { } text)
        {
            return null;
        }

        using var document = JsonDocument.Parse(text);
        return _documents.GetOrAdd(url, document.RootElement.Clone());
    }

    internal void Keep(ActiveContext active, object key, ActiveContext derived)
    {
        // What a document defined itself is forgotten with it.
        if (!active.IsPinned || Interlocked.Increment(ref _kept) <= MaxKept)
        {
            active.Keep(key, derived);
        }
    }
}
