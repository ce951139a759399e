using System.Numerics;

namespace CitiesOfLearning.OpenBadges.Keys;

/// <summary>
/// base-58-btc as Multibase uses it, without its header <c>z</c> (https://www.w3.org/TR/cid-1.0/#multibase-0): a leading zero byte is a 1.
/// </summary>
internal static class Base58
{
    // The work grows with the square of the length. Keys and signatures have at most 140 digits.
    private const int MaxDigits = 1024;

    private const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var zeros = bytes.IndexOfAnyExcept((byte)0) is var first and >= 0 ? first : bytes.Length;
        var digits = new Stack<char>();
        for (var rest = new BigInteger(bytes, isUnsigned: true, isBigEndian: true); !rest.IsZero;)
        {
            rest = BigInteger.DivRem(rest, 58, out var digit);
            digits.Push(Alphabet[(int)digit]);
        }

        return new string('1', zeros) + string.Concat(digits);
    }

    /// <summary>Null if there is any other character, or more than anybody needs.</summary>
    public static byte[]? Decode(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxDigits)
        {
            return null;
        }

        var value = BigInteger.Zero;
        foreach (var character in text)
        {
            var digit = Alphabet.IndexOf(character, StringComparison.Ordinal);
            if (digit < 0)
            {
                return null;
            }

            value = (value * 58) + digit;
        }

        var zeros = text.IndexOfAnyExcept('1') is var first and >= 0 ? first : text.Length;
        return value.IsZero ? new byte[zeros] : [.. new byte[zeros], .. value.ToByteArray(isUnsigned: true, isBigEndian: true)];
    }
}
