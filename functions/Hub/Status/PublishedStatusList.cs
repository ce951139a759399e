using System.Text;

namespace CitiesOfLearning.Hub.Status;

/// <summary>
/// A list as it was published, signed in each of its forms. Both stand in one blob, the token in its first line, so that neither is ever
/// older than the other.
/// </summary>
/// <param name="Jwt">A compact JWS, ASCII.</param>
/// <param name="Embedded">The same with a proof within, UTF-8 JSON.</param>
public sealed record PublishedStatusList(byte[] Jwt, byte[] Embedded)
{
    public byte[] Write() => [.. Jwt, (byte)'\n', .. Embedded];

    public static PublishedStatusList Read(byte[] blob)
    {
        var end = Array.IndexOf(blob, (byte)'\n');
        return end < 0 ? new(blob, []) : new(blob[..end], blob[(end + 1)..]);
    }
}
