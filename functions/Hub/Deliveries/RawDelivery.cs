using CitiesOfLearning.Hub.Identifiers;

namespace CitiesOfLearning.Hub.Deliveries;

/// <summary>A delivery as it was stored: verified, byte for byte.</summary>
/// <param name="Delivery">Lower-case hex SHA-256 of city, source and delivery key: its id everywhere in the hub.</param>
/// <param name="Blob">Its name in the container <c>inbox</c>.</param>
/// <param name="Profile">The profile that it was verified with.</param>
/// <param name="Headers">Those that the profile keeps, by lower-case name.</param>
public sealed record RawDelivery(
    CityId City,
    string Source,
    string Delivery,
    string Blob,
    string Profile,
    DateTimeOffset ReceivedAt,
    string? ContentType,
    IReadOnlyDictionary<string, string> Headers,
    ReadOnlyMemory<byte> Body)
{
    /// <summary>W3C Trace Context: the trace in which it was received; null if it has none.</summary>
    public string? TraceParent { get; init; }
}
