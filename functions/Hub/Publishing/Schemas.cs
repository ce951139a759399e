using System.Collections.Frozen;

namespace CitiesOfLearning.Hub.Publishing;

/// <summary>The JSON Schemas of what stewards and providers write, as served at <c>/schemas/{name}.json</c>.</summary>
public static class Schemas
{
    private const string Prefix = "CitiesOfLearning.Hub.Schemas.";

    private static readonly FrozenDictionary<string, PublicDocument> All = typeof(Schemas).Assembly.GetManifestResourceNames()
        .Where(resource => resource.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(resource => resource[Prefix.Length..^".json".Length], Read);

    /// <summary>Null if there is no schema of that name.</summary>
    public static PublicDocument? Find(string name) => All.GetValueOrDefault(name);

    private static PublicDocument Read(string resource)
    {
        using var stream = typeof(Schemas).Assembly.GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return PublicDocument.Of(bytes, "application/schema+json", PublicDocument.Short);
    }
}
