using System.Buffers;

namespace CitiesOfLearning.OpenBadges.Images;

/// <summary>
/// Where the root's start tag lies in the bytes of an SVG, which an XML reader does not tell. Only for UTF-8 that has been read as
/// well-formed XML without declarations in a DOCTYPE; under that condition quotes and markers mean what they seem to.
/// </summary>
/// <param name="NameEnd">After the element's name.</param>
/// <param name="TagEnd">At the closing <c>&gt;</c>.</param>
internal readonly record struct SvgRoot(int NameEnd, int TagEnd)
{
    private static readonly SearchValues<byte> AfterName = SearchValues.Create(" \t\r\n>/"u8);

    /// <summary>Null when no credential can be put into the root: it is empty, or has declared the prefix itself.</summary>
    public static SvgRoot? Place(ReadOnlySpan<byte> svg) =>
        Find(svg) is { } root && svg[root.NameEnd..root.TagEnd].IndexOf("xmlns:openbadges"u8) < 0 ? root : null;

    /// <summary>Null when the root is empty (<c>&lt;svg/&gt;</c>) or not found.</summary>
    public static SvgRoot? Find(ReadOnlySpan<byte> svg)
    {
        for (var at = svg.IndexOf((byte)'<'); at >= 0 && at + 1 < svg.Length;)
        {
            var rest = svg[at..];
            var skip = rest switch
            {
                _ when rest.StartsWith("<?"u8) => Past(rest, "?>"u8),
                _ when rest.StartsWith("<!--"u8) => Past(rest, "-->"u8),
                _ when rest.StartsWith("<!DOCTYPE"u8) => Tag(svg, at) is { } doctype ? doctype.TagEnd + 1 - at : -1,
                _ => 0,
            };
            if (skip == 0)
            {
                return Tag(svg, at);
            }

            var next = skip < 0 ? -1 : rest[skip..].IndexOf((byte)'<');
            at = next < 0 ? -1 : at + skip + next;
        }

        return null;
    }

    private static int Past(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> marker) =>
        rest.IndexOf(marker) is >= 0 and var at ? at + marker.Length : -1;

    private static SvgRoot? Tag(ReadOnlySpan<byte> svg, int start)
    {
        var nameEnd = svg[start..].IndexOfAny(AfterName);
        if (nameEnd < 0)
        {
            return null;
        }

        nameEnd += start;
        for (var i = nameEnd; i < svg.Length; i++)
        {
            switch (svg[i])
            {
                case (byte)'>':
                    return svg[i - 1] == '/' ? null : new SvgRoot(nameEnd, i);
                case (byte)'"' or (byte)'\'':
                    var close = svg[(i + 1)..].IndexOf(svg[i]);
                    if (close < 0)
                    {
                        return null;
                    }

                    i += close + 1;
                    break;
                default:
                    break;
            }
        }

        return null;
    }
}
