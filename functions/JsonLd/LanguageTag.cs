namespace CitiesOfLearning.JsonLd;

/// <summary>BCP 47 (RFC 5646), as the processors in use take it: the shape of the tag, not the registry.</summary>
internal static class LanguageTag
{
    /// <summary>One to eight letters, then parts of one to eight letters or digits.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> tag)
    {
        var first = true;
        foreach (var range in tag.Split('-'))
        {
            var part = tag[range];
            if (part.Length is 0 or > 8)
            {
                return false;
            }

            foreach (var c in part)
            {
                if (!(first ? char.IsAsciiLetter(c) : char.IsAsciiLetterOrDigit(c)))
                {
                    return false;
                }
            }

            first = false;
        }

        return true;
    }

    /// <summary>
    /// Lower case, as https://www.w3.org/TR/json-ld11-api/#context-processing-algorithm (5.9.3) allows and as the processors do whose
    /// signatures the hub must agree with.
    /// </summary>
    public static string Normalize(string tag) => tag.ToLowerInvariant();
}
