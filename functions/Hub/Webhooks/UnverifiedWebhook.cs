namespace CitiesOfLearning.Hub.Webhooks;

/// <summary>What somebody posted, byte for byte. Nothing in it is to be believed.</summary>
/// <param name="Headers">By name, in any case; several values of one header are joined by the caller with a comma.</param>
public sealed class UnverifiedWebhook(
    ReadOnlyMemory<byte> body, IEnumerable<KeyValuePair<string, string>> headers, string? contentType, DateTimeOffset receivedAt)
{
    private readonly Dictionary<string, string> _headers = Index(headers);

    public ReadOnlyMemory<byte> Body { get; } = body;

    public string? ContentType { get; } = contentType;

    public DateTimeOffset ReceivedAt { get; } = receivedAt;

    public string? Header(string name) => _headers.GetValueOrDefault(name);

    private static Dictionary<string, string> Index(IEnumerable<KeyValuePair<string, string>> headers)
    {
        var index = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in headers)
        {
            index[name] = value;
        }

        return index;
    }
}
