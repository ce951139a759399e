using System.Security.Cryptography;

namespace CitiesOfLearning.Hub.Identifiers;

/// <summary>The one place where ids and secrets are drawn at random; all others are derived (docs/adr/0004).</summary>
public static class RandomId
{
    private const int TokenLength = 32;
    private const int SlipCodeLength = 10;

    /// <summary>A secret of 160 random bits, 32 characters of Crockford base32 in lower case: safe in a URL, hard to misread.</summary>
    public static string Token() => Crockford.Encode(RandomNumberGenerator.GetBytes(20)).ToLowerInvariant();

    public static bool IsToken(string text) =>
        text.Length == TokenLength && !text.Any(char.IsUpper) && Crockford.Is(text.ToUpperInvariant());

    /// <summary>10 characters of Crockford base32: 50 random bits, short enough to type from paper.</summary>
    public static string SlipCode() => Crockford.Encode(RandomNumberGenerator.GetBytes(7))[..SlipCodeLength];

    public static bool IsSlipCode(string text) => text.Length == SlipCodeLength && Crockford.Is(text);

    /// <summary>A number from 0 up to, not including, <paramref name="below"/>.</summary>
    public static int Index(int below) => RandomNumberGenerator.GetInt32(below);
}
