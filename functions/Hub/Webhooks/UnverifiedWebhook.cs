namespace CitiesOfLearning.Hub.Webhooks;

/// <summary>What somebody posted, byte for byte. Nothing in it is to be believed.</summary>
/// <param name="Headers">By name, in any case; several values of one header are joined by the caller with a comma.</param>
public sealed class UnverifiedWebhook(
    ReadOnlyMemory<byte> body, IEnumerable<KeyValuePair<string, string>> headers, string? contentType, DateTimeOffset receivedAt)
{
    private const string Standard = "webhook-";

    private readonly Dictionary<string, string> _headers = Index(headers);

    public ReadOnlyMemory<byte> Body { get; } = body;

    public string? ContentType { get; } = contentType;

    public DateTimeOffset ReceivedAt { get; } = receivedAt;

    /// <summary>Senders from before the standard call <c>webhook-id</c> and its like <c>svix-id</c>; they mean the same.</summary>
    public string? Header(string name) => _headers.GetValueOrDefault(name)
        ?? (name.StartsWith(Standard, StringComparison.Ordinal) ? _headers.GetValueOrDefault("svix-" + name[Standard.Length..]) : null);

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
