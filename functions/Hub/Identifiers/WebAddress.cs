using System.Buffers;
using System.Globalization;
using System.Text;

namespace CitiesOfLearning.Hub.Identifiers;

/// <summary>
/// The one definition of an address on the web, at every door and before anything is signed: an https URI by the letter of RFC 3986, which
/// every reader of a credential takes. The signer asks for no more (RFC 3987); .NET's Uri asks for less.
/// </summary>
public static class WebAddress
{
    /// <summary>As it is stored, with its escapes.</summary>
    public const int MaxCharacters = 2000;

    private const string Scheme = "https://";

    private static readonly IdnMapping Idn = new();

    // RFC 3986, 3.3 to 3.5 (https://www.rfc-editor.org/rfc/rfc3986#section-3.3); % and # are looked at by themselves.
    private static readonly SearchValues<byte> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/?"u8);

    private static readonly SearchValues<char> InHost = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-._~");

    /// <summary>
    /// The address as it is stored: scheme and host in lower case, and whatever a URI cannot hold percent-encoded (RFC 3987, 3.1:
    /// https://www.rfc-editor.org/rfc/rfc3987#section-3.1). Null if this is no https address, or names a user.
    /// </summary>
    public static string? Normalize(string? text)
    {
        var address = PastedText.Trim(text ?? "");
        if (!address.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || address.Any(char.IsControl))
        {
            return null;
        }

        var rest = address[Scheme.Length..];
        var end = rest.IndexOfAny(['/', '?', '#']);
        var (authority, tail) = end < 0 ? (rest, "") : (rest[..end], rest[end..]);
        return Authority(authority) is { } place && $"{Scheme}{place}{Escaped(tail)}" is { Length: <= MaxCharacters } normal
            ? normal
            : null;
    }

    /// <summary>Whether it stands as it is stored.</summary>
    public static bool IsNormal(string text) => Normalize(text) == text;

    // RFC 3986, 3.2. No address literals: a badge outlives them.
    private static string? Authority(string authority)
    {
        var colon = authority.IndexOf(':', StringComparison.Ordinal);
        var (name, port) = colon < 0 ? (authority, null) : (authority[..colon], authority[(colon + 1)..]);
        return Host(name) is { } host && (port is null || (port.All(char.IsAsciiDigit) && ushort.TryParse(port, out _)))
            ? port is null ? host : $"{host}:{port}"
            : null;
    }

    private static string? Host(string name)
    {
        try
        {
            var host = Ascii.IsValid(name) ? name.ToLowerInvariant() : Idn.GetAscii(name).ToLowerInvariant();
            var named = host.EndsWith('.') ? host[..^1] : host;
            var labels = named.Split('.');
            return !host.AsSpan().ContainsAnyExcept(InHost) && labels.All(label => label.Length > 0) && !IsNumber(labels[^1]) ? host : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // Readers take a host that ends in a number for an address in digits: https://url.spec.whatwg.org/#ends-in-a-number-checker
    private static bool IsNumber(string label) => label.All(char.IsAsciiDigit)
        || (label.StartsWith("0x", StringComparison.Ordinal) && label.Skip(2).All(char.IsAsciiHexDigit));

    private static string Escaped(string tail)
    {
        var escaped = new StringBuilder(tail.Length);
        var utf8 = Encoding.UTF8.GetBytes(tail).AsSpan();
        var fragment = false;
        for (var i = 0; i < utf8.Length; i++)
        {
            var b = utf8[i];
            var stays = b switch
            {
                (byte)'#' => !fragment,
                (byte)'%' => i + 2 < utf8.Length && char.IsAsciiHexDigit((char)utf8[i + 1]) && char.IsAsciiHexDigit((char)utf8[i + 2]),
                _ => Plain.Contains(b),
            };
            fragment |= b == (byte)'#';
            if (stays)
            {
                escaped.Append((char)b);
            }
            else
            {
                escaped.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
            }
        }

        return escaped.ToString();
    }
}
