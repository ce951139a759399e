using System.Text;
using CsCheck;

namespace CitiesOfLearning.OpenBadges.Tests.Fuzzing;

/// <summary>Sound inputs with a few bytes other than they were: replaced, left out, said again, moved, or words put in between.</summary>
internal static class Mutations
{
    private static readonly byte[][] Words =
    [
        .. new[]
        {
            "\"", "\\", "\\u0000", "\\ud800", "{", "}", "[", "]", ":", ",", "null", "true", "1e999", "-0", "{}", "[]",
            "\uFEFF", "\0", " ", "\n",
            "@context", "@id", "@type", "@graph", "@list", "@none", "@json", "proof", "proofValue", "id", "type",
            ".", "..", "=", "-", "_", "é",
            "<", ">", "/>", "&", "&#0;", "&#x41;", "<!--", "-->", "<![CDATA[", "]]>", "<!DOCTYPE svg [<!ENTITY a 'b'>]>", "&a;", "xmlns",
            "IHDR", "IDAT", "IEND", "iTXt", "zTXt", "tEXt", "openbadges", "openbadgecredential",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF, 0xFF, 0xFF, 0xFF], [0x7F, 0xFF, 0xFF, 0xFF], [0x80, 0, 0, 0], [0, 0, 0, 0], [0xFF, 0xFE], [0xFE, 0xFF],
        [0xC0, 0x80], [0xED, 0xA0, 0x80],
        [0x9F], [0xBF], [0x5F], [0x7F], [0x18, 0], [0x1B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
    ];

    private static readonly Gen<(int At, int Length, int Kind, byte Value, int Other)> Change = Gen.Select(
        Gen.Int[0, int.MaxValue - 1], Gen.Int[0, 40], Gen.Int[0, 6], Gen.Byte, Gen.Int[0, int.MaxValue - 1]);

    public static Gen<byte[]> Of(IReadOnlyList<byte[]> seeds) =>
        Gen.Select(Gen.Int[0, seeds.Count - 1], Change.Array[1, 5]).Select((seed, changes) => changes.Aggregate(seeds[seed], Changed));

    public static Gen<byte[]> Of(params string[] seeds) => Of([.. seeds.Select(Encoding.UTF8.GetBytes)]);

    private static byte[] Changed(byte[] bytes, (int At, int Length, int Kind, byte Value, int Other) change)
    {
        var at = change.At % (bytes.Length + 1);
        var end = Math.Min(at + change.Length, bytes.Length);
        var other = change.Other % (bytes.Length + 1);
        var word = Words[change.Other % Words.Length];
        return change.Kind switch
        {
            0 when at < bytes.Length => [.. bytes[..at], change.Value, .. bytes[(at + 1)..]],
            1 when at < bytes.Length => [.. bytes[..at], (byte)(bytes[at] ^ (1 << (change.Value & 7))), .. bytes[(at + 1)..]],
            2 => [.. bytes[..at], .. bytes[end..]],
            3 => [.. bytes[..end], .. bytes[at..]],
            4 => [.. bytes[..at], .. word, .. bytes[at..]],
            5 => [.. bytes[..at], .. word, .. bytes[Math.Min(at + word.Length, bytes.Length)..]],
            _ => [.. bytes[..other], .. bytes[at..end], .. bytes[other..]],
        };
    }
}
