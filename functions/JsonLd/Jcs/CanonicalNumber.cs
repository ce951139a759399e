using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CitiesOfLearning.JsonLd.Jcs;

/// <summary>
/// Numbers as ECMAScript writes them (https://www.rfc-editor.org/rfc/rfc8785#section-3.2.2.3): the fewest digits that read back as the
/// same double. Numbers in comments are the steps of https://tc39.es/ecma262/#sec-numeric-types-number-tostring.
/// </summary>
internal static class CanonicalNumber
{
    /// <summary>Whole numbers of so many digits are doubles and are written as they stand.</summary>
    private const int MaxExactDigits = 15;

    /// <summary>.NET's longest is -1.2345678901234567E-308.</summary>
    private const int MaxLength = 32;

    /// <exception cref="JsonException">It is not finite.</exception>
    public static string Write(double value)
    {
        using var utf8 = new Utf8Buffer(MaxLength);
        Append(utf8, value);
        return Encoding.ASCII.GetString(utf8.Written);
    }

    internal static void Append(Utf8Buffer utf8, ReadOnlySpan<byte> json)
    {
        if (json.Length <= MaxExactDigits && !json.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            utf8.Append(json);
            return;
        }

        Append(utf8, double.Parse(json, NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    private static void Append(Utf8Buffer utf8, double value)
    {
        // 1.
        if (!double.IsFinite(value))
        {
            throw new JsonException("A number is too large for a double.");
        }

        // 2. +0 and -0.
        if (value == 0)
        {
            utf8.Append((byte)'0');
            return;
        }

        // 3.
        if (value < 0)
        {
            utf8.Append((byte)'-');
        }

        // 5. The k digits of s, where the value is s × 10^(n - k).
        Span<byte> s = stackalloc byte[MaxLength];
        var (k, n) = Digits(Math.Abs(value), s);
        var zeros = "000000000000000000000"u8;
        switch (n)
        {
            // 6. Whole.
            case <= 21 when k <= n:
                utf8.Append(s[..k]);
                utf8.Append(zeros[..(n - k)]);
                break;

            // 7. A dot among the digits.
            case > 0 and <= 21:
                utf8.Append(s[..n]);
                utf8.Append((byte)'.');
                utf8.Append(s[n..k]);
                break;

            // 8. A dot before the digits.
            case > -6 and <= 0:
                utf8.Append("0."u8);
                utf8.Append(zeros[..-n]);
                utf8.Append(s[..k]);
                break;

            // 9. to 12. With an exponent.
            default:
                utf8.Append(s[..1]);
                if (k > 1)
                {
                    utf8.Append((byte)'.');
                    utf8.Append(s[1..k]);
                }

                utf8.Append(n > 0 ? "e+"u8 : "e-"u8);
                utf8.AppendNumber(Math.Abs(n - 1));
                break;
        }
    }

    /// <summary>.NET finds the same digits; only its layout is another.</summary>
    private static (int K, int N) Digits(double value, Span<byte> digits)
    {
        Span<byte> buffer = stackalloc byte[MaxLength];
        value.TryFormat(buffer, out var length, "R", CultureInfo.InvariantCulture);
        ReadOnlySpan<byte> text = buffer[..length];
        var exponent = 0;
        if (text.IndexOf((byte)'E') is >= 0 and var e)
        {
            exponent = int.Parse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..e];
        }

        var (k, n, isWhole) = (0, 0, true);
        foreach (var character in text)
        {
            if (character == '.')
            {
                isWhole = false;
            }
            else if (k == 0 && character == '0')
            {
                n -= isWhole ? 0 : 1;
            }
            else
            {
                digits[k++] = character;
                n += isWhole ? 1 : 0;
            }
        }

        k = digits[..k].LastIndexOfAnyExcept((byte)'0') + 1;
        return (k, n + exponent);
    }
}
