using System.Text;

namespace CitiesOfLearning.DevHost.Senders;

/// <summary>A webhook delivery, ready to be sent as it stands.</summary>
/// <param name="Path">The hub's path.</param>
/// <param name="Headers">Every header, Content-Type too.</param>
/// <param name="Body">The raw body.</param>
public sealed record SampleRequest(string Path, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    public string BodyText => Encoding.UTF8.GetString(Body);

    /// <summary>The same as a command for a POSIX shell.</summary>
    public string ToCurl(string hub) => string.Join(
        " \\\n  ",
        [
            $"curl -i {Quote(hub + Path)}",
            .. Headers.Select(header => $"-H {Quote($"{header.Key}: {header.Value}")}"),
            $"--data-binary {Quote(BodyText)}",
        ]);

    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
