using System.Text.Json;
using System.Text.Json.Serialization;

namespace CitiesOfLearning.Hub.Senders;

/// <summary>The source profiles that the hub knows: its embedded <c>Profiles/*.json</c>.</summary>
public static class SourceProfiles
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowOutOfOrderMetadataProperties = true,
        Converters = { new JmesQueryConverter(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    private static readonly Lazy<IReadOnlyDictionary<string, SourceProfile>> Loaded = new(Load);

    public static IReadOnlyCollection<string> Ids => [.. Loaded.Value.Keys];

    public static SourceProfile? Find(string id) => Loaded.Value.GetValueOrDefault(id);

    /// <exception cref="JsonException">The profile is not what its schema says.</exception>
    /// <exception cref="FormatException">One of its expressions is not JMESPath.</exception>
    public static SourceProfile Read(Stream json) => JsonSerializer.Deserialize<SourceProfile>(json, Json)!;

    private static Dictionary<string, SourceProfile> Load()
    {
        var assembly = typeof(SourceProfiles).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(n => n.Contains(".Senders.Profiles.", StringComparison.Ordinal))
            .Select(n =>
            {
                using var json = assembly.GetManifestResourceStream(n)!;
                return Read(json);
            })
            .ToDictionary(p => p.Id, StringComparer.Ordinal);
    }
}
