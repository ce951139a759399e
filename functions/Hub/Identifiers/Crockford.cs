namespace CitiesOfLearning.Hub.Identifiers;

/// <summary>Base32 by Douglas Crockford (https://www.crockford.com/base32.html): no I, L, O or U.</summary>
public static class Crockford
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>Five bits a character, most significant first; the last character is padded with zero bits.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        Span<char> text = stackalloc char[(bytes.Length * 8 + 4) / 5];
        for (var i = 0; i < text.Length; i++)
        {
            var bit = i * 5;
            var window = bytes[bit / 8] << 8 | (bit / 8 + 1 < bytes.Length ? bytes[bit / 8 + 1] : 0);
            text[i] = Alphabet[window >> (11 - bit % 8) & 31];
        }

        return new string(text);
    }

    public static bool Is(string text) => text.All(Alphabet.Contains);

    /// <summary>What a person meant who typed a code: upper case, without spaces and hyphens, O as 0, I and L as 1.</summary>
    public static string Normalize(string typed) => string.Concat(typed.ToUpperInvariant().Where(c => !char.IsWhiteSpace(c) && c != '-')
        .Select(c => c switch { 'O' => '0', 'I' or 'L' => '1', _ => c }));
}
