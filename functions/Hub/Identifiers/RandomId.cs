using System.Security.Cryptography;

namespace CitiesOfLearning.Hub.Identifiers;

/// <summary>The one place where ids and secrets are drawn at random; all others are derived (docs/adr/0004).</summary>
public static class RandomId
{
    private const int SlipCodeLength = 10;

    /// <summary>10 characters of Crockford base32: 50 random bits, short enough to type from paper.</summary>
    public static string SlipCode() => Crockford.Encode(RandomNumberGenerator.GetBytes(7))[..SlipCodeLength];

    public static bool IsSlipCode(string text) => text.Length == SlipCodeLength && Crockford.Is(text);

    /// <summary>A number from 0 up to, not including, <paramref name="below"/>.</summary>
    public static int Index(int below) => RandomNumberGenerator.GetInt32(below);
}
